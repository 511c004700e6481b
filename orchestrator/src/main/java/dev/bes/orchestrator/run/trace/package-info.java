/** One trace for each run, over nodes and threads. */
@NamedInterface("trace")
@NullMarked
package dev.bes.orchestrator.run.trace;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
