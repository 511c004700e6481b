/** What keeps a node from starting: checks, and messages that say what to do. */
@ApplicationModule(allowedDependencies = {"database", "definition", "remote"})
@NullMarked
package dev.bes.orchestrator.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
