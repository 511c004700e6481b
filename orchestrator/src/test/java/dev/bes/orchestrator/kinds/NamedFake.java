package dev.bes.orchestrator.kinds;

import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.settings.EndpointSettings;

/** A kind whose jobs run at once under the name that they are given; the same name again is refused. */
public class NamedFake implements RemoteKind, NamedJobs {
    private final FileBackedJobs far;

    /** Over that far side. */
    public NamedFake(FileBackedJobs far) {
        this.far = far;
    }

    @Override
    public String name() {
        return "named-fake";
    }

    @Override
    public RemoteEndpoint open(String endpoint, EndpointSettings settings) {
        return () -> this;
    }

    @Override
    public void create(String name, JobRequest request) {
        if (!far.make(name, name, request)) {
            throw new RemoteException.Rejected(Reason.NAME_TAKEN, "there is a job " + name);
        }
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
