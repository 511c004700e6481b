package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.Move;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A remote job failed because it could not read the input that was staged for it: the key of its reference was changed, or
 * the network rules of the store refuse the service. Nothing was executed, so the attempt does not count and the input is
 * staged again. The message of the job must report a refused or missing blob and name one of our inputs and none of our
 * outputs: a job that could not write its output was paid for.
 */
public final class InputAccessFailure {
    private static final Logger LOG = LoggerFactory.getLogger(InputAccessFailure.class);

    private static final int FAILURES_UNTIL_ATTENTION = 5;

    private static final long LOG_INTERVAL_NANOS = 60_000_000_000L;
    private static final AtomicLong LAST_LOGGED = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

    private InputAccessFailure() {}

    /** Whether the message of a failed job proves that it never read its input. */
    public static boolean isCause(Claim claim, JobStatus status) {
        if (!status.isDeniedABlob()) {
            return false;
        }
        String details = String.valueOf(status.details()).replace("%2F", "/").replace("%2f", "/");
        boolean namesInput =
                claim.known().staged().values().stream().map(StagedInput::blob).anyMatch(details::contains);
        return namesInput && !details.contains(BlobPaths.outputs(claim));
    }

    /** Begins the next attempt after a delay; after every fifth failure the scoring needs attention first. */
    static Outcome retry(Claim claim, Duration delay, String details, @Nullable String word) {
        String cause = "Job %s could not read its input, so nothing was executed and this attempt does not count: %s"
                .formatted(claim.jobId(), details);
        log(claim, cause);
        if ((claim.unreadableInputs() + 1) % FAILURES_UNTIL_ATTENTION == 0) {
            return Outcome.move(Move.inputNeedsAttention(
                    claim,
                    "%d jobs could not read their input, though the blob store takes our own calls: see the network rules of its account and orchestrator.blobs.connection-string, then resume. The last one: %s"
                            .formatted(FAILURES_UNTIL_ATTENTION, cause),
                    word));
        }
        return Outcome.move(Move.inputUnreadable(claim, delay, cause, word));
    }

    /** A changed key makes all running jobs fail, so this is logged once a minute; each scoring has it in its history. */
    private static void log(Claim claim, String cause) {
        long last = LAST_LOGGED.get();
        long now = System.nanoTime();
        if (now - last >= LOG_INTERVAL_NANOS && LAST_LOGGED.compareAndSet(last, now)) {
            LOG.warn(
                    "The blob store refuses jobs of endpoint {} access to the input that was staged for them. Check orchestrator.blobs.connection-string. The inputs are staged and submitted again. Scoring {} of run {}: {}",
                    claim.endpoint(),
                    claim.position(),
                    claim.run(),
                    cause);
        }
    }
}
