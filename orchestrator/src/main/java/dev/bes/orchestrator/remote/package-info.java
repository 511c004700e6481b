/** The far side as the pipeline sees it: ports for remote jobs and blobs, and the ways in which they fail. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.remote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
