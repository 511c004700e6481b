package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.TwoStepJobs;
import java.util.Set;

/** Remote jobs as they are; a subclass does one thing otherwise. */
public class DelegatingJobs implements TwoStepJobs {
    private final TwoStepJobs real;

    /** @param real how they are */
    public DelegatingJobs(TwoStepJobs real) {
        this.real = real;
    }

    @Override
    public String submit(JobRequest request) {
        return real.submit(request);
    }

    @Override
    public void start(String jobId) {
        real.start(jobId);
    }

    @Override
    public void probe() {
        real.probe();
    }

    @Override
    public JobStatus status(String jobId) {
        return real.status(jobId);
    }

    @Override
    public void cancel(String jobId) {
        real.cancel(jobId);
    }

    /** Every endpoint is this one: each run has an endpoint of its own in the rows. */
    static Endpoints everywhere(TwoStepJobs jobs) {
        return new Endpoints() {
            @Override
            public Set<String> names() {
                return Set.of();
            }

            @Override
            public TwoStepJobs jobs(String endpoint) {
                return jobs;
            }

            @Override
            public int maxConcurrentJobs(String endpoint) {
                return Integer.MAX_VALUE;
            }
        };
    }
}
