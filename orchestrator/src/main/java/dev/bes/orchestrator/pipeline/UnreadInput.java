package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.Move;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A remote job that failed because it could not get at the input that we staged for it: the reference was signed with a key
 * that has been changed since, or the store does not let the service in. Such a job has executed nothing, so the attempt does
 * not count and the input is staged anew. Only a job that names our own input, and none of our outputs, in the words for a
 * refused or missing blob is taken for one: an output that could not be written was paid for.
 */
public final class UnreadInput {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadInput.class);

    /** Then the store takes our calls and refuses its jobs: somebody has to look at it. */
    private static final int PATIENCE = 5;

    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final AtomicLong TOLD = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    private UnreadInput() {}

    /** Whether a job's own words leave no doubt that it never read its input. */
    public static boolean isCause(Claim claim, JobStatus status) {
        if (!status.isDeniedABlob()) {
            return false;
        }
        String details = String.valueOf(status.details()).replace("%2F", "/").replace("%2f", "/");
        boolean namesInput =
                claim.known().staged().values().stream().map(StagedInput::blob).anyMatch(details::contains);
        return namesInput && !details.contains(BlobPaths.outputs(claim));
    }

    /** The next attempt, after a while or on somebody's word. */
    public static Outcome again(Claim claim, RetryPolicy retryPolicy, String details, @Nullable String word) {
        String cause = "Job %s could not read its input, so nothing was executed and this attempt does not count: %s"
                .formatted(claim.jobId(), details);
        tell(claim, cause);
        if ((claim.unread() + 1) % PATIENCE == 0) {
            return Outcome.move(Move.unreadAgain(
                    claim,
                    "%d jobs could not read their input, though the blob store takes our own calls: see the network rules of its account and orchestrator.blobs.connection-string, then resume. The last one: %s"
                            .formatted(PATIENCE, cause),
                    word));
        }
        return Outcome.move(Move.unread(claim, retryPolicy.afterUnread(claim.unread()), cause, word));
    }

    /** Where a key was changed, all jobs under way meet the same: the log has it once a minute, each scoring has its own. */
    private static void tell(Claim claim, String cause) {
        long last = TOLD.get();
        long now = System.nanoTime();
        if (now - last >= QUIET_NANOS && TOLD.compareAndSet(last, now)) {
            LOG.warn(
                    "The blob store refuses jobs of endpoint {} the input that was staged for them (check orchestrator.blobs.connection-string); they are staged and submitted anew. Scoring {} of run {}: {}",
                    claim.endpoint(),
                    claim.place(),
                    claim.run(),
                    cause);
        }
    }
}
