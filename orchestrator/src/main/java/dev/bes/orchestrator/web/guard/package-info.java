/** Who may call, how many at a time, and what is refused before any handler. */
@NamedInterface("guard")
@NullMarked
package dev.bes.orchestrator.web.guard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
