/** Keeps the calls of all nodes together within the limits of their subscription. */
@NullMarked
package dev.bes.orchestrator.remote.budget;

import org.jspecify.annotations.NullMarked;
