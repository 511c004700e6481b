package dev.bes.testbench.checker.evidence;

import java.time.Duration;

/**
 * The figures that the service was set up with, and what is put up with.
 *
 * @param pollLeast shortest interval between two polls of a job, as configured
 * @param pollMost longest interval between two polls of a job, as configured
 * @param tolerance what clocks, networks and schedulers may be off by
 * @param recovery how long after the last fault, or after its trigger, a run may take to end, and a part to settle
 * @param processes how many nodes called at the same time, each with waits of its own
 * @param setsAtOnce how many sets of scorings all nodes together work on at a time: what one fault can tear
 */
public record CheckerSettings(
        Duration pollLeast, Duration pollMost, Duration tolerance, Duration recovery, int processes, int setsAtOnce) {}
