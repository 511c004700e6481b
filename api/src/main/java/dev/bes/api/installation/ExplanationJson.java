package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why something did, or did not, run.
 *
 * @param subject what was asked about, in words
 * @param answer the answer in one sentence: the text of the first cause
 * @param causes what explains it, the most important first; at least one
 */
public record ExplanationJson(String subject, String answer, List<CauseJson> causes) {

    /**
     * A cause.
     *
     * @param code what kind of cause it is, such as {@code paused} or {@code duplicate}; docs/triggers.md lists them
     * @param text a sentence
     * @param since since when; null if that is not known
     * @param until until when at the soonest; null if that is not known
     * @param links {@code run}, {@code file}, {@code definition}, {@code schedule}, {@code fires}, {@code endpoints},
     *     {@code pools} and {@code nodes}, as far as the cause is about them
     */
    public record CauseJson(
            String code,
            String text,
            @Nullable Instant since,
            @Nullable Instant until,
            Map<String, String> links) {}
}
