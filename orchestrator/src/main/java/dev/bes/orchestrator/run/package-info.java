/** Runs, scorings, attempts, moves and history: the heart, and the only SQL on them. */
@ApplicationModule(allowedDependencies = {"definition", "node"})
@NullMarked
package dev.bes.orchestrator.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
