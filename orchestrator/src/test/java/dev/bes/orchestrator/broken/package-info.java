/**
 * The service, built wrong on purpose: each defect is brought out by a scenario on the real parts, and caught by the
 * checker. A checker that never fails proves nothing, and so the service as it is must pass the very same scenarios.
 */
@NullMarked
package dev.bes.orchestrator.broken;

import org.jspecify.annotations.NullMarked;
