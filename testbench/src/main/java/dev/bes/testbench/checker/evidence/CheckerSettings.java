package dev.bes.testbench.checker.evidence;

import java.time.Duration;
import java.util.Map;

/**
 * The settings of the service that the invariants refer to, and tolerances.
 *
 * @param pollLeast shortest configured interval between two polls of a job
 * @param pollMost longest configured interval between two polls of a job
 * @param tolerance allowed error of clocks, network and schedulers
 * @param recovery how long a run may take after its trigger or after the last fault, and Quartz to settle
 * @param processes number of nodes that call at the same time, each with its own waits
 * @param setsAtOnce number of sets of scorings that all nodes together work on: what one fault can interrupt
 * @param classes class of each endpoint by its name; an endpoint that is not among them is two-step
 */
public record CheckerSettings(
        Duration pollLeast,
        Duration pollMost,
        Duration tolerance,
        Duration recovery,
        int processes,
        int setsAtOnce,
        Map<String, ServiceClass> classes) {

    /** The settings of a service whose endpoints are all two-step. */
    public CheckerSettings(
            Duration pollLeast,
            Duration pollMost,
            Duration tolerance,
            Duration recovery,
            int processes,
            int setsAtOnce) {
        this(pollLeast, pollMost, tolerance, recovery, processes, setsAtOnce, Map.of());
    }
}
