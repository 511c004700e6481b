package dev.bes.orchestrator.definition;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a definition and where it stands.
 *
 * @param file name of the file, relative to the folder of definitions
 * @param line line, from 1; 0 when the mistake is the file as a whole
 * @param column column, from 1; 0 when the mistake is the file as a whole
 * @param message what is wrong
 * @param hint what to do about it, if there is something to say
 */
public record Problem(
        String file,
        int line,
        int column,
        String message,
        @Nullable String hint) implements Comparable<Problem> {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** The problem as compilers write it: {@code birdstrikes.yaml:12:3: message — hint}. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + message + (hint == null ? "" : " — " + hint);
    }
}
