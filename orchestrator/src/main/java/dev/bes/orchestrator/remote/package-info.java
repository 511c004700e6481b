/** The far side as the pipeline sees it: remote jobs and blobs behind ports, with adapters that speak the protocols. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.bes.orchestrator.remote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
