package dev.bes.orchestrator.run;

import java.util.Locale;

/** The loops that claim due scorings and move them. */
public enum Sweep {
    /** From PLANNED to STARTED: stage, submit, start. */
    LAUNCH,
    /** From STARTED to SCORED: poll, and see cancellations through. */
    TRACK,
    /** From SCORED to DELIVERED: fetch, check, deliver. */
    COLLECT;

    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
