package dev.bes.api.installation;

import dev.bes.api.run.ChangedFileJson;
import dev.bes.api.run.RunJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What needs attention now.
 *
 * @param needsAttention scorings that wait for the decision of a user
 * @param waiting live scorings that are retried after a failure
 * @param failed runs that failed in the last 24 hours
 * @param notTaken entries of drop folders that are not taken: the first 100
 * @param notTakenCount how many entries are not taken
 * @param changed dropped files that were changed after they had been scored, of the last 24 hours
 * @param failingContainers what fails with containers whose blobs become runs: the first 100
 */
public record AttentionJson(
        List<NeedsAttentionJson> needsAttention,
        List<WaitingJson> waiting,
        List<RunJson> failed,
        List<NotTakenJson> notTaken,
        int notTakenCount,
        List<ChangedFileJson> changed,
        List<FailingContainerJson> failingContainers) {

    /**
     * A scoring that waits for the decision of a user.
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
     * A live scoring that is retried after a failure.
     *
     * @param run its run
     * @param position its number in the run
     * @param endpoint its endpoint
     * @param cause why the last call failed
     * @param failedCalls failed calls in a row
     * @param dueAt when it is retried
     * @param links {@code run}
     */
    public record WaitingJson(
            long run,
            int position,
            String endpoint,
            String cause,
            int failedCalls,
            Instant dueAt,
            Map<String, String> links) {}

    /**
     * An entry of a drop folder that is not taken.
     *
     * @param folder folder that contains it
     * @param name its name, with invisible characters as code points
     * @param reason why, and what to do
     * @param since when it was first found
     */
    public record NotTakenJson(String folder, String name, String reason, Instant since) {}

    /**
     * Work on a container that fails and is tried again.
     *
     * @param container blob store and prefix; empty if it is about all
     * @param what what fails
     * @param reason why, and what to do
     * @param since when it was first found
     */
    public record FailingContainerJson(String container, String what, String reason, Instant since) {}
}
