package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why somebody changes something, in his own words. */
public final class Reason {
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\\uFFFD]{1,500}");

    private Reason() {}

    /**
     * The reason, without spaces around it.
     *
     * @throws ProblemException if it is missing, or not one line of 1 to 500 characters
     */
    public static String of(@Nullable String text) {
        String reason = text == null ? "" : text.strip();
        if (!LINE.matcher(reason).matches()
                || !StandardCharsets.UTF_8.newEncoder().canEncode(reason)) {
            throw ProblemException.badRequest("'reason' must say why, in one line of 1 to 500 characters");
        }
        return reason;
    }
}
