package dev.bes.orchestrator.definition;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A mistake or a warning in a definition, with its location.
 *
 * @param severity whether it prevents the start of the service
 * @param file name of the file, relative to the folder of definitions; or the name of a setting
 * @param line line, from 1; 0 when the mistake is the file as a whole
 * @param column column, from 1; 0 when the mistake is the file as a whole
 * @param message what is wrong
 * @param hint what to do; null if there is no advice
 */
public record Diagnostic(
        Severity severity,
        String file,
        int line,
        int column,
        String message,
        @Nullable String hint) implements Comparable<Diagnostic> {

    /** How severe a problem is. */
    public enum Severity {
        /** The service does not start. */
        MISTAKE,
        /** The service starts and logs it. */
        WARNING
    }

    private static final Comparator<Diagnostic> BY_LOCATION = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column)
            .thenComparing(Diagnostic::message);

    /** A mistake. */
    public Diagnostic(String file, int line, int column, String message, @Nullable String hint) {
        this(Severity.MISTAKE, file, line, column, message, hint);
    }

    /** Whether the service starts anyway. */
    public boolean isWarning() {
        return severity == Severity.WARNING;
    }

    @Override
    public int compareTo(Diagnostic other) {
        return BY_LOCATION.compare(this, other);
    }

    /** The problem as compilers write it: {@code birdstrikes.yaml:12:3: message — hint}. A warning begins with "warning:". */
    @Override
    public String toString() {
        String location = line == 0 ? file : file + ":" + line + ":" + column;
        return location + ": " + (isWarning() ? "warning: " : "") + message + (hint == null ? "" : " — " + hint);
    }
}
