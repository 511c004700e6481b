package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.Condition;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.TwoStepJobs;
import java.util.Objects;

/** Endpoints of the kind {@code bes}, whose jobs go in two steps. */
record BesEndpoints(Endpoints all) {
    TwoStepJobs jobs(String endpoint) {
        return (TwoStepJobs) all.jobs(endpoint);
    }

    OneCallService oneCall(String endpoint) {
        return Objects.requireNonNull(all.oneCall(endpoint));
    }

    Condition condition(String endpoint) {
        return all.condition(endpoint);
    }

    int launches(String endpoint) {
        return all.launches(endpoint);
    }

    int polls(String endpoint) {
        return all.polls(endpoint);
    }
}
