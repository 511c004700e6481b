/** Users and keys that are made once, however often the request for them is repeated. */
@NamedInterface("creation")
@NullMarked
package dev.bes.orchestrator.account.creation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
