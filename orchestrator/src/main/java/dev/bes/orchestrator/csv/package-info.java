/** Checks CSV files before scoring and delivery. Does not depend on runs. */
@ApplicationModule(allowedDependencies = {"files", "text"})
@NullMarked
package dev.bes.orchestrator.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
