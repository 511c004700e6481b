package dev.bes.orchestrator.run;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a scoring needs somebody's attention: going on by itself would cost without end, or risk what was promised. */
public enum Attention {
    /** Submit calls kept ending without a clear answer; each may have left a job. */
    SUBMITS_UNANSWERED,
    /** Node after node fell silent while it worked on this scoring, and on nothing else at last. */
    KILLS_ITS_NODE,
    /** The remote side does not know the job any more that it was told to start. */
    FORGOTTEN,
    /** Its outputs are scored, and there is no place to deliver them to; waiting does not change that. */
    CANNOT_DELIVER,
    /** Job after job could not read the input that was staged for it, while the store takes our own calls. */
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
