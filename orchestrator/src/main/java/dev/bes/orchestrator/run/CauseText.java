package dev.bes.orchestrator.run;

import org.jspecify.annotations.Nullable;

/** A reason in words, fit to be kept: text from files and from far sides ends up in it. */
public final class CauseText {
    private static final int LONGEST = 2_000;

    private CauseText() {}

    /** The text without control characters, which PostgreSQL text can't hold, cut to a readable length. */
    public static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain = text.replaceAll("\\p{Cntrl}+", " ");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
    }
}
