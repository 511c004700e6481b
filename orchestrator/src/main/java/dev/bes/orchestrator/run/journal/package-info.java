/** The journal: the only writer of history, and a way to follow it. */
@NamedInterface("journal")
@NullMarked
package dev.bes.orchestrator.run.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
