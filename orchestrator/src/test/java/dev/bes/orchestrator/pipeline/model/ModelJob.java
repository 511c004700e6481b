package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.remote.JobStatus;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A remote job as it truly stands, whatever is said about it. */
final class ModelJob {
    private static final int NOT_YET = JobOutcome.NEVER;

    final String id;
    final Place place;
    private final int submittedAt;
    private final JobOutcome jobOutcome;
    private int startedAt = NOT_YET;
    private int cancelledAt = NOT_YET;
    /** Start calls that were sent, whatever became of them. */
    int startsSent;
    /** Times that the job was executed. */
    int executions;
    /** Whether its call was sent when its attempt already had a job, or was over. */
    boolean isLate;
    /** Whether it was cancelled while no row knew it. */
    boolean cancelledAsOrphan;

    /**
     * The place that a job works for.
     *
     * @param path where its output goes
     */
    record Place(long run, int position, int attempt, UUID nonce, String path) {
        static Place of(String path) {
            String[] parts = path.split("[/-]", 5);
            return new Place(
                    Long.parseLong(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    UUID.fromString(parts[4].substring(0, parts[4].indexOf('/'))),
                    path);
        }

        boolean sameScoring(Place other) {
            return run == other.run && position == other.position;
        }
    }

    ModelJob(String id, Place place, int now, JobOutcome jobOutcome) {
        this.id = id;
        this.place = place;
        this.submittedAt = now;
        this.jobOutcome = jobOutcome;
    }

    JobStatus.State state(int now) {
        if (now < startedAt) {
            return now < cancelledAt ? JobStatus.State.NOT_STARTED : JobStatus.State.CANCELLED;
        }
        int end = startedAt + jobOutcome.queued() + jobOutcome.runs();
        if (cancelledAt < end && cancelledAt <= now) {
            return JobStatus.State.CANCELLED;
        }
        if (end <= now) {
            return jobOutcome.end();
        }
        return now < startedAt + jobOutcome.queued() ? JobStatus.State.NOT_STARTED : JobStatus.State.RUNNING;
    }

    boolean started(int now) {
        return startedAt <= now;
    }

    boolean ended(int now) {
        return switch (state(now)) {
            case CANCELLED, FAILED, FINISHED -> true;
            case NOT_STARTED, RUNNING, UNKNOWN -> false;
        };
    }

    /** Whether it is at work, or queued for it. */
    boolean busy(int now) {
        return started(now) && !ended(now);
    }

    boolean forgotten(int now) {
        return now >= submittedAt + jobOutcome.forgottenAfter();
    }

    void start(int now) {
        if (startedAt == NOT_YET) {
            startedAt = now;
        }
        executions++;
    }

    void cancel(int now) {
        cancelledAt = Math.min(cancelledAt, now + jobOutcome.cancelLag());
    }

    boolean hasOutput(int now) {
        return state(now) == JobStatus.State.FINISHED
                && now >= startedAt + jobOutcome.queued() + jobOutcome.runs() + jobOutcome.outputLate();
    }

    byte[] output() {
        return (jobOutcome.outputGood() ? "text\nscored by " + id + "\n" : "nothing that was asked for")
                .getBytes(StandardCharsets.UTF_8);
    }
}
