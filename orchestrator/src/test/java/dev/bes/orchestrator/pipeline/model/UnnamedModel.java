package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.RemoteFaults;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.UnnamedJobs;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Jobs that are at work from the call that makes them; only its answer tells their ids, and a lost one may leave two. */
final class UnnamedModel extends ModelRemote implements UnnamedJobs {
    UnnamedModel(ModelWorld world) {
        super(world);
    }

    @Override
    public UnnamedJobs jobs(String endpoint) {
        return this;
    }

    @Override
    boolean mayMakeExtraJobs() {
        return true;
    }

    @Override
    public String invoke(UUID nonce, JobRequest request) {
        boolean isLate = commitChecker.invoke(nonce, request);
        SeededRandom seededRandom = world.dice();
        String call = "invoke of " + nonce;
        if (seededRandom.trouble()) {
            switch (seededRandom.below(6)) {
                case 0 -> fail(call, RemoteFaults.throttled(seededRandom));
                case 1 -> fail(call, RemoteFaults.unavailable("before it arrived"));
                case 2, 3 -> {
                    make(request, isLate);
                    if (seededRandom.chance(50)) {
                        make(request, isLate);
                    }
                    fail(call, RemoteFaults.unavailable("on the way back"));
                }
                case 4 -> {
                    arrivesLate(seededRandom, () -> make(request, isLate));
                    fail(call, RemoteFaults.unavailable("and is still on its way"));
                }
                default -> fail(call, RemoteFaults.rejected("BadRequest"));
            }
        }
        ModelJob job = make(request, isLate);
        world.trace().note("    " + call + " makes " + job.id);
        return job.id;
    }

    private ModelJob make(JobRequest request, boolean isLate) {
        ModelJob job = register("j" + (jobs.size() + 1), request);
        job.startsSent++;
        job.isLate = isLate;
        execute(job);
        return job;
    }

    @Override
    public List<Found> search(Collection<UUID> nonces) {
        SeededRandom seededRandom = world.dice();
        if (seededRandom.trouble()) {
            fail(
                    "search",
                    seededRandom.chance(50) ? RemoteFaults.throttled(seededRandom) : RemoteFaults.unavailable("busy"));
        }
        List<Found> found = jobs.values().stream()
                .filter(job -> nonces.contains(job.place.nonce()) && !job.forgotten(now()))
                .map(job -> new Found(job.id, job.place.nonce()))
                .toList();
        world.trace().note("    search finds " + found);
        return found;
    }
}
