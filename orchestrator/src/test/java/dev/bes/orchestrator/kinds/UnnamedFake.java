package dev.bes.orchestrator.kinds;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** A kind whose jobs run at once under ids of its own, and which may make several jobs of one call. */
public class UnnamedFake implements RemoteKind, UnnamedJobs {
    private final FileBackedJobs far;
    private final int copies;

    /**
     * Over that far side.
     *
     * @param copies how many jobs it makes of one call
     */
    public UnnamedFake(FileBackedJobs far, int copies) {
        this.far = far;
        this.copies = copies;
    }

    @Override
    public String name() {
        return "unnamed-fake";
    }

    @Override
    public RemoteEndpoint open(String endpoint, EndpointSettings settings) {
        return () -> this;
    }

    @Override
    public String invoke(UUID nonce, JobRequest request) {
        String first = make(nonce, request);
        for (int i = 1; i < copies; i++) {
            make(nonce, request);
        }
        return first;
    }

    private String make(UUID nonce, JobRequest request) {
        String id = "theirs-" + UUID.randomUUID();
        far.make(id, nonce.toString(), request);
        return id;
    }

    @Override
    public List<Found> search(Collection<UUID> nonces) {
        return far.jobs().stream()
                .filter(job -> nonces.contains(UUID.fromString(job.nonce())))
                .map(job -> new Found(job.id(), UUID.fromString(job.nonce())))
                .toList();
    }

    @Override
    public JobStatus status(String jobId) {
        return far.status(jobId);
    }

    @Override
    public void cancel(String jobId) {
        far.cancel(jobId);
    }
}
