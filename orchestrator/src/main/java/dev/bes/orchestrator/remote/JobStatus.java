package dev.bes.orchestrator.remote;

import org.jspecify.annotations.Nullable;

/**
 * How a remote job stands.
 *
 * @param state the state as we understand it
 * @param word the remote's own word for it
 * @param details what the remote says of a failure
 */
public record JobStatus(State state, String word, @Nullable String details) {

    /** The states of a remote job, and one for words that we do not know. */
    public enum State {
        /** Registered, or started and queued. */
        NOT_STARTED,
        /** At work. */
        RUNNING,
        /** Ended without output. */
        FAILED,
        /** Ended on somebody's word. */
        CANCELLED,
        /** Ended; the outputs are written. */
        FINISHED,
        /** A word that we do not know: not an end, look again. */
        UNKNOWN
    }

    /** Whether the details of a failure have the words of the blob store for a blob that is missing or refused. */
    public boolean isDeniedABlob() {
        return state == State.FAILED && details != null && BlobDenial.isIn(details);
    }
}
