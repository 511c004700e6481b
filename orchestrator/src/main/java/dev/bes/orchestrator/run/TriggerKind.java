package dev.bes.orchestrator.run;

import java.util.Locale;

/** What asked for a run. */
public enum TriggerKind {
    /** A calendar time. */
    SCHEDULE,
    /** A file in a drop folder. */
    FILES,
    /** REST, page or command line. */
    REQUEST,
    /** The accepted output of a scoring whose definition has a shadow. */
    SHADOW,
    /** Scorings of other runs that share one remote job. */
    FOLD;

    /** The word as it stands in tables, API and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
