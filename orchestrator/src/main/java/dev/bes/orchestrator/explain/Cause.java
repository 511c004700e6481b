package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.text.VisibleText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why something happened, waits, or did not happen.
 *
 * @param code what kind of cause it is
 * @param text a sentence, in which hidden characters are visible
 * @param since since when; null if that is not known
 * @param until until when at the soonest; null if that is not known
 * @param references what it is about
 */
public record Cause(
        CauseCode code,
        String text,
        @Nullable Instant since,
        @Nullable Instant until,
        List<Reference> references) {

    public Cause {
        text = VisibleText.of(text);
        references = List.copyOf(references);
    }

    /** What a cause may be about. */
    public enum Kind {
        DEFINITION,
        SCHEDULE,
        FIRES,
        FILE,
        RUN,
        ENDPOINT,
        POOL,
        NODE
    }

    /**
     * Something that a cause is about.
     *
     * @param name its number or name; of a schedule, those of definition and schedule with a slash in between
     */
    public record Reference(Kind kind, String name) {}

    static Cause of(CauseCode code, String text) {
        return new Cause(code, text, null, null, List.of());
    }

    Cause since(@Nullable Instant time) {
        return new Cause(code, text, time, until, references);
    }

    Cause until(@Nullable Instant time) {
        return new Cause(code, text, since, time, references);
    }

    Cause about(Kind kind, @Nullable Object name) {
        return name == null
                ? this
                : new Cause(
                        code,
                        text,
                        since,
                        until,
                        Stream.concat(references.stream(), Stream.of(new Reference(kind, name.toString())))
                                .distinct()
                                .toList());
    }

    /** The same with words ahead of the sentence. */
    Cause after(String words) {
        return new Cause(code, words + text, since, until, references);
    }
}
