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

    /** Whether such a run serves another one, and nobody asked for it: it does not count where runs are counted. */
    public boolean serves() {
        return this == SHADOW || this == FOLD;
    }

    /** The kind of a word in tables. */
    public static TriggerKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word as it stands in tables, API and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
