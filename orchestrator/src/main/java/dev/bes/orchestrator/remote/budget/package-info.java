/** Keeps the calls of all nodes, taken together, within the limits of their subscription. */
@NamedInterface("budget")
@NullMarked
package dev.bes.orchestrator.remote.budget;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
