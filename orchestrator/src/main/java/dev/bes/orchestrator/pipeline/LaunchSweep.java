package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claims;
import dev.bes.orchestrator.run.Sweep;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes scorings from PLANNED to STARTED, one Spring Batch execution per claimed set. */
@Component
class LaunchSweep implements Sweeper {
    private final Claims claims;
    private final Endpoints endpoints;
    private final Leases leases;
    private final ClaimedSetJobs jobs;
    private final Stage stage;
    private final Launch launch;
    private final PipelineSettings settings;

    LaunchSweep(
            Claims claims,
            Endpoints endpoints,
            Leases leases,
            ClaimedSetJobs jobs,
            Stage stage,
            Launch launch,
            PipelineSettings settings) {
        this.claims = claims;
        this.endpoints = endpoints;
        this.leases = leases;
        this.jobs = jobs;
        this.stage = stage;
        this.launch = launch;
        this.settings = settings;
    }

    @Override
    public Sweep sweep() {
        return Sweep.LAUNCH;
    }

    @Override
    public int loops() {
        return settings.loops();
    }

    @Override
    public int sweepOnce(String endpoint) {
        List<Claim> set =
                claims.claim(Sweep.LAUNCH, endpoint, endpoints.places(endpoint), settings.setSize(), settings.lease());
        if (!set.isEmpty()) {
            leases.holding(set, () -> jobs.run("launch", set, stage, launch));
        }
        return set.size();
    }
}
