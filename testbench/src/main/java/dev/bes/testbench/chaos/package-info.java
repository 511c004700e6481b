/**
 * The chaos test: injects faults into several nodes of the orchestrator under load, repairs everything, waits until all work is
 * done, and has the checker check the result.
 */
@NullMarked
package dev.bes.testbench.chaos;

import org.jspecify.annotations.NullMarked;
