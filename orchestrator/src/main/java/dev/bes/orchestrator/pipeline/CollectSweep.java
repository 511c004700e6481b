package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claims;
import dev.bes.orchestrator.run.Sweep;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes scorings from SCORED to DELIVERED, one Spring Batch execution per claimed set. */
@Component
class CollectSweep implements Sweeper {
    private final Claims claims;
    private final Leases leases;
    private final ClaimedSetJobs jobs;
    private final Fetch fetch;
    private final Outcomes outcomes;
    private final PipelineSettings settings;

    CollectSweep(
            Claims claims,
            Leases leases,
            ClaimedSetJobs jobs,
            Fetch fetch,
            Outcomes outcomes,
            PipelineSettings settings) {
        this.claims = claims;
        this.leases = leases;
        this.jobs = jobs;
        this.fetch = fetch;
        this.outcomes = outcomes;
        this.settings = settings;
    }

    @Override
    public Sweep sweep() {
        return Sweep.COLLECT;
    }

    @Override
    public int loops() {
        return settings.loops();
    }

    @Override
    public int sweepOnce(String endpoint) {
        List<Claim> set =
                claims.claim(Sweep.COLLECT, endpoint, Integer.MAX_VALUE, settings.setSize(), settings.lease());
        if (!set.isEmpty()) {
            leases.holding(set, () -> jobs.run("collect", set, fetch, chunk -> outcomes.commit(chunk.getItems())));
        }
        return set.size();
    }
}
