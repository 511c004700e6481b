/** This process among others: its name, its heartbeat, and whether it may take on work. */
@ApplicationModule(allowedDependencies = {"database"})
@NullMarked
package dev.bes.orchestrator.node;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
