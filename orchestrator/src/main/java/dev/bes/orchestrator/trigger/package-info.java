/** What asks for runs: schedules, drop folders, requests. Each only writes rows. */
@ApplicationModule(allowedDependencies = {"text", "files", "run", "definition", "node"})
@NullMarked
package dev.bes.orchestrator.trigger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
