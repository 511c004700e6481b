/** The REST API of users, keys and the caller himself. */
@NamedInterface("api-account")
@NullMarked
package dev.bes.orchestrator.web.api.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
