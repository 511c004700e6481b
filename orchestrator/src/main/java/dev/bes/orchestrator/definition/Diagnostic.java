package dev.bes.orchestrator.definition;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a definition, or one thing to look at, and where it stands.
 *
 * @param severity whether the service refuses to start because of it
 * @param file name of the file, relative to the folder of definitions; the name of a setting when it is about one
 * @param line line, from 1; 0 when the mistake is the file as a whole
 * @param column column, from 1; 0 when the mistake is the file as a whole
 * @param message what is wrong
 * @param hint what to do about it, if there is something to say
 */
public record Diagnostic(
        Severity severity,
        String file,
        int line,
        int column,
        String message,
        @Nullable String hint) implements Comparable<Diagnostic> {

    /** What follows from a problem. */
    public enum Severity {
        /** The service does not start. */
        MISTAKE,
        /** The service starts, and says so in its log. */
        WARNING
    }

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column)
            .thenComparing(Diagnostic::message);

    /** A mistake. */
    public Diagnostic(String file, int line, int column, String message, @Nullable String hint) {
        this(Severity.MISTAKE, file, line, column, message, hint);
    }

    /** Whether the service starts all the same. */
    public boolean isWarning() {
        return severity == Severity.WARNING;
    }

    @Override
    public int compareTo(Diagnostic other) {
        return BY_PLACE.compare(this, other);
    }

    /** The problem as compilers write it: {@code birdstrikes.yaml:12:3: message — hint}; a warning says so first. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + (isWarning() ? "warning: " : "") + message + (hint == null ? "" : " — " + hint);
    }
}
