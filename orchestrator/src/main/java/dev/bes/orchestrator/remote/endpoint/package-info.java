/** Endpoints by their kind: a new kind of remote service is a package beside this one. */
@NamedInterface("endpoint")
@NullMarked
package dev.bes.orchestrator.remote.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
