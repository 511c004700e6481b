/** Files that arrive in drop folders, from the first scan to the archive. */
@NamedInterface("arrival")
@NullMarked
package dev.bes.orchestrator.trigger.arrival;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
