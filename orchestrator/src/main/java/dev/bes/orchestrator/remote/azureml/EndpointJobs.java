package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Jobs of a batch endpoint, created by invoking it. Sources: "create jobs and input data for batch endpoints" article; azureml-examples,
 * cli/batch-score-rest.sh for the status.
 */
final class EndpointJobs implements UnnamedJobs {

    private final ManagedApiClient scoring;
    private final JobList list;
    private final ArmJobs arm;
    private final JobBody body;
    private final JobReader reader;

    /**
     * The jobs of one batch endpoint.
     *
     * @param scoring calls the scoring URI
     * @param arm cancels jobs, which the endpoint itself cannot
     */
    EndpointJobs(ManagedApiClient scoring, JobList list, ArmJobs arm, JobBody body, JobReader reader) {
        this.scoring = scoring;
        this.list = list;
        this.arm = arm;
        this.body = body;
        this.reader = reader;
    }

    @Override
    public String invoke(UUID nonce, JobRequest request) {
        byte[] answer =
                scoring.send(AzuremlCall.INVOKE, "POST", "", BodyPublishers.ofByteArray(body.invocation(request)));
        return reader.id(scoring, AzuremlCall.INVOKE, reader.read(scoring, AzuremlCall.INVOKE, answer));
    }

    @Override
    public List<Found> search(Collection<UUID> nonces) {
        return list.search(nonces);
    }

    @Override
    public JobStatus status(String jobId) {
        byte[] answer = scoring.send(AzuremlCall.STATUS, "GET", JobReader.path(jobId), BodyPublishers.noBody());
        return reader.status(scoring, answer);
    }

    @Override
    public void cancel(String jobId) {
        arm.cancel(jobId);
    }
}
