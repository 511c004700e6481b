package dev.bes.orchestrator.remote;

import java.util.List;
import java.util.Locale;
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

    /**
     * The blob store's error codes and messages for a missing or refused blob: a job that could not read or write a blob repeats
     * them. Source: Azure Storage, common REST API error codes and messages; "web service error codes" article.
     */
    private static final List<String> BLOB_DENIALS = List.of(
            "blobnotfound",
            "unable to access the provided azure blob",
            "authenticationfailed",
            "authorizationfailure",
            "authorizationpermissionmismatch",
            "keybasedauthenticationnotpermitted",
            "accountisdisabled",
            "containernotfound",
            "server failed to authenticate the request",
            "not authorized to perform this operation",
            "the specified blob does not exist",
            "the specified container does not exist",
            "public access is not permitted",
            "(403) forbidden",
            "(404) not found");

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
        if (state != State.FAILED || details == null) {
            return false;
        }
        String lower = details.toLowerCase(Locale.ROOT);
        return BLOB_DENIALS.stream().anyMatch(lower::contains);
    }
}
