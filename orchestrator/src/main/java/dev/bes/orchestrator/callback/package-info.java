/** Completion callbacks: tells other programs by signed calls that a run has ended. */
@ApplicationModule(allowedDependencies = {"audit", "database", "definition", "remote", "run", "run :: query", "text"})
@NullMarked
package dev.bes.orchestrator.callback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
