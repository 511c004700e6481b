package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.TwoStepJobs;
import java.util.Objects;

/** Endpoints of the kind {@code bes}, whose jobs go in two steps. */
public record BesEndpoints(Endpoints all) {
    public TwoStepJobs jobs(String endpoint) {
        return (TwoStepJobs) all.jobs(endpoint);
    }

    public OneCallService oneCall(String endpoint) {
        return Objects.requireNonNull(all.oneCall(endpoint));
    }

    ObservedHealth observedHealth(String endpoint) {
        return all.observedHealth(endpoint);
    }

    public int allowedLaunches(String endpoint) {
        return all.allowedLaunches(endpoint);
    }

    public int allowedPolls(String endpoint) {
        return all.allowedPolls(endpoint);
    }
}
