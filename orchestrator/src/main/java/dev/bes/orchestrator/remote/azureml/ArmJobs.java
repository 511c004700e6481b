package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * Jobs of a workspace, created by the Azure Resource Manager under names of ours. Source: azure-rest-api-specs,
 * Microsoft.MachineLearningServices 2024-10-01, Jobs.
 */
final class ArmJobs implements NamedJobs {

    private static final String VERSION = "?api-version=2024-10-01";

    private final ManagedApiClient arm;
    private final JobBody body;
    private final JobReader reader;

    /** @param arm calls the list of the workspace's jobs */
    ArmJobs(ManagedApiClient arm, JobBody body, JobReader reader) {
        this.arm = arm;
        this.body = body;
        this.reader = reader;
    }

    @Override
    public void create(String name, JobRequest request) {
        byte[] content = body.job(request);
        arm.send(AzuremlCall.CREATE, "PUT", JobReader.path(name) + VERSION, BodyPublishers.ofByteArray(content));
    }

    @Override
    public JobStatus status(String jobId) {
        String path = JobReader.path(jobId) + VERSION;
        return reader.status(arm, arm.send(AzuremlCall.STATUS, "GET", path, BodyPublishers.noBody()));
    }

    /** The job goes on until its status says that it has ended. */
    @Override
    public void cancel(String jobId) {
        String path = JobReader.path(jobId) + "/cancel" + VERSION;
        arm.send(AzuremlCall.CANCEL, "POST", path, BodyPublishers.noBody());
    }
}
