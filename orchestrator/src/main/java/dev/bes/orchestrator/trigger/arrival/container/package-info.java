/** Blobs that arrive in containers of blob stores, from the first list to their end. */
@NamedInterface("container")
@NullMarked
package dev.bes.orchestrator.trigger.arrival.container;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
