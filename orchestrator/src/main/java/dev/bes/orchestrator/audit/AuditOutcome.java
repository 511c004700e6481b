package dev.bes.orchestrator.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How what an audit row tells of came out. */
public enum AuditOutcome {
    /** It was done. */
    ALLOWED,
    /** Nothing was done. */
    REFUSED;

    /** The word in rows and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that word. */
    public static Optional<AuditOutcome> of(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst();
    }
}
