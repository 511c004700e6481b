/** CSV files: whether one is fit for scoring or delivery. Knows nothing of runs. */
@ApplicationModule(allowedDependencies = {"files", "text"})
@NullMarked
package dev.bes.orchestrator.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
