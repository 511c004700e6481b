package dev.bes.orchestrator.remote;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Jobs that one call creates and starts under an id that only its answer tells. What the job reads or writes carries our nonce. */
public non-sealed interface UnnamedJobs extends RemoteJobs {

    /**
     * Creates a job, which runs at once.
     *
     * @param nonce to be found again by {@link #search}; the paths of the outputs hold it, too
     * @return the id of the job
     */
    String invoke(UUID nonce, JobRequest request);

    /**
     * Looks for jobs by their nonces, whatever became of them.
     *
     * @return what was found, the oldest first; the service may have made several jobs of one call
     */
    List<Found> search(Collection<UUID> nonces);

    /**
     * A job that carries one of our nonces.
     *
     * @param jobId its id
     * @param nonce its nonce
     */
    record Found(String jobId, UUID nonce) {}
}
