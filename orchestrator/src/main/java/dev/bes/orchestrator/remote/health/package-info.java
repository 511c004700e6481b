/** The health of remote services, as the calls of this node have shown it. */
@NamedInterface("health")
@NullMarked
package dev.bes.orchestrator.remote.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
