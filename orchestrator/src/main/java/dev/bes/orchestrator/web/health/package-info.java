/** Health indicators. */
@NamedInterface("health")
@NullMarked
package dev.bes.orchestrator.web.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
