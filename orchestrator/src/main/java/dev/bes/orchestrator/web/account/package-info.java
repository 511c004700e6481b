/** Sign-in, users and keys: pages and API. */
@NamedInterface("web-account")
@NullMarked
package dev.bes.orchestrator.web.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
