/** This process among others: what its threads do with files, and whether it sees the folders that all nodes share. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.bes.orchestrator.node;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
