package dev.bes.orchestrator.remote;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Jobs that one call creates and starts. Only its answer holds the id; the paths of the job's blobs hold our nonce. */
public non-sealed interface UnnamedJobs extends RemoteJobs {

    /**
     * Creates a job and starts it.
     *
     * @param nonce by which {@link #search} finds the job; the paths of the outputs hold it
     * @return the id of the job
     */
    String invoke(UUID nonce, JobRequest request);

    /**
     * Finds jobs by their nonces, in every state.
     *
     * @return the jobs, oldest first; one call may have created several jobs
     */
    List<Found> search(Collection<UUID> nonces);

    /**
     * A job that carries one of our nonces.
     *
     */
    record Found(String jobId, UUID nonce) {}
}
