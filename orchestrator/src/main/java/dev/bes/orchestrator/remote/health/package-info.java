/** What the calls of this node have shown of the far side. */
@NamedInterface("health")
@NullMarked
package dev.bes.orchestrator.remote.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
