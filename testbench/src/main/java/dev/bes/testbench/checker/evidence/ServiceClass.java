package dev.bes.testbench.checker.evidence;

/** How a remote service gives ids to jobs; it decides what can be promised (docs/guarantee.md, "By class of remote service"). */
public enum ServiceClass {
    /** The service gives the id, and nothing runs before the start. */
    TWO_STEP,
    /** A job runs at once, under our name. */
    NAMED,
    /** A job runs at once, and only the answer tells its id. */
    UNNAMED,
    /** There are no jobs: rows are scored in batches of ours. */
    ROWS
}
