package dev.bes.orchestrator.trigger.backfill;

import java.util.Locale;

/** How a partition stands. */
public enum PartitionState {
    /** A run of it finished. */
    DONE,
    /** A run of it is unfinished. */
    RUNNING,
    /** A run of it is unfinished although the next time of its schedule has come. */
    LATE,
    /** It has runs, and all of them failed or were cancelled. */
    FAILED,
    /** Its time has come, and it has no run. */
    MISSING,
    /** Its time has not come yet. */
    PLANNED;

    /** The word in API and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
