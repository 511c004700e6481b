/** The remote services as the pipeline uses them: ports for remote jobs and blobs, and their failures. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.remote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
