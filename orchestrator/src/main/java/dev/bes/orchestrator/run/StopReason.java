package dev.bes.orchestrator.run;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a scoring's remote job is being stopped; once set it stays for the attempt. */
public enum StopReason {
    /** A user asked to cancel the run. */
    CANCEL,
    /** The remote job took longer than its definition allows. */
    DEADLINE;

    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable StopReason of(@Nullable String column) {
        return column == null ? null : valueOf(column.toUpperCase(Locale.ROOT));
    }
}
