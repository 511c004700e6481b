/** The sweeps: launch, track, collect. The only code that talks to Spring Batch and to the far side. */
@ApplicationModule(allowedDependencies = {"text", "files", "run", "definition", "remote", "node"})
@NullMarked
package dev.bes.orchestrator.pipeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
