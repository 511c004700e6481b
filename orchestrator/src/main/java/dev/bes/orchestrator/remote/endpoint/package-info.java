/** Opens endpoints by their kind. A new kind of remote service is a package beside this one. */
@NamedInterface("endpoint")
@NullMarked
package dev.bes.orchestrator.remote.endpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
