package dev.bes.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is wrong now.
 *
 * @param attention scorings that need somebody's attention
 * @param waiting live scorings that wait because something went wrong
 * @param failed runs that failed in the last 24 hours
 * @param notTaken what lies in drop folders and is not taken: the first 100
 * @param notTakenCount how many of them there are
 * @param changed dropped files that somebody wrote to after they had been scored, of the last 24 hours
 */
public record AttentionJson(
        List<NeedsAttentionJson> attention,
        List<WaitingJson> waiting,
        List<RunJson> failed,
        List<NotTakenJson> notTaken,
        int notTakenCount,
        List<ChangedFileJson> changed) {

    /**
     * A scoring that nothing is done about until somebody decides.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param attention why, in a word
     * @param cause why, in a sentence
     * @param links {@code run}, {@code resume}, {@code cancel}
     */
    public record NeedsAttentionJson(
            long run, int position, String endpoint, String attention, String cause, Map<String, String> links) {}

    /**
     * A live scoring that is tried again since something went wrong.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param cause what went wrong last
     * @param troubles failed calls in a row
     * @param dueAt when it is tried next
     * @param links {@code run}
     */
    public record WaitingJson(
            long run,
            int position,
            String endpoint,
            String cause,
            int troubles,
            Instant dueAt,
            Map<String, String> links) {}

    /**
     * Something in a drop folder that is not taken.
     *
     * @param folder the folder that it lies in
     * @param name its name, with what can't be seen as code points
     * @param reason why, and what to do
     * @param since when this was first seen
     */
    public record NotTakenJson(String folder, String name, String reason, Instant since) {}
}
