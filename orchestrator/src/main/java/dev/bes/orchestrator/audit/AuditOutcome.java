package dev.bes.orchestrator.audit;

import java.util.Locale;

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
}
