package dev.bes.orchestrator.remote;

import org.jspecify.annotations.Nullable;

/**
 * The status of a remote job.
 *
 * @param state our state, mapped from the remote state
 * @param remoteState the state as the remote service names it
 * @param details the remote service's description of a failure; null without one
 */
public record JobStatus(
        State state, String remoteState, @Nullable String details) {

    /** The states of a remote job. */
    public enum State {
        /** Registered, or started and queued. */
        NOT_STARTED,
        /** Running. */
        RUNNING,
        /** Ended without output. */
        FAILED,
        /** Cancelled by a call. */
        CANCELLED,
        /** Ended; the outputs are written. */
        FINISHED,
        /** A remote state that we do not know. The job has not ended; its status is requested again. */
        UNKNOWN
    }

    /** Whether the job failed because a blob was missing or refused, as its details show. */
    public boolean isDeniedABlob() {
        return state == State.FAILED && details != null && BlobDenial.isIn(details);
    }
}
