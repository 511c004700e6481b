package dev.bes.orchestrator.run;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a scoring needs the attention of a user. To continue without a decision could cost without end, or start a job twice. */
public enum Attention {
    /** Several submit calls had no clear answer. Each may have made a job. */
    SUBMITS_UNANSWERED,
    /** Several nodes stopped while they worked on this scoring, the last ones on nothing else. */
    KILLS_ITS_NODE,
    /** The remote service no longer knows a job that was started. */
    FORGOTTEN,
    /** Its outputs are scored, but the delivery folder can't take them. To wait does not change that. */
    CANNOT_DELIVER,
    /** Several jobs could not read their staged input, although the store answers our own calls. */
    INPUT_UNREADABLE;

    /** The word as it stands in tables and API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static @Nullable Attention of(@Nullable String word) {
        return word == null
                ? null
                : Arrays.stream(values())
                        .filter(a -> a.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No attention '" + word + "'"));
    }
}
