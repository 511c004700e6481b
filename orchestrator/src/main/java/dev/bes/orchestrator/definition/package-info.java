/** What a job is: the definition and its records, and the set that is loaded. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
