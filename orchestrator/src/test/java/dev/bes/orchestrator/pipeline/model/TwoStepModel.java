package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.RemoteFaults;
import dev.bes.orchestrator.pipeline.Script.DoubleStart;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.TwoStepJobs;

/** Jobs that are submitted, and started when their ids are known. */
final class TwoStepModel extends ModelRemote implements TwoStepJobs {
    TwoStepModel(ModelWorld world) {
        super(world);
    }

    @Override
    public TwoStepJobs jobs(String endpoint) {
        return this;
    }

    @Override
    public String submit(JobRequest request) {
        SeededRandom seededRandom = world.dice();
        if (seededRandom.trouble()) {
            switch (seededRandom.below(6)) {
                case 0, 1 -> fail("submit", RemoteFaults.throttled(seededRandom));
                case 2 -> fail("submit", RemoteFaults.unavailable("before it arrived"));
                case 3, 4 -> {
                    ModelJob job = register("j" + (jobs.size() + 1), request);
                    fail("submit of " + job.id, RemoteFaults.unavailable("on the way back"));
                }
                default ->
                    fail(
                            "submit",
                            seededRandom.chance(80)
                                    ? RemoteFaults.unavailable("busy")
                                    : RemoteFaults.rejected("BadRequest"));
            }
        }
        ModelJob job = register("j" + (jobs.size() + 1), request);
        world.trace().note("    submit of " + job.id + " for " + job.place);
        return job.id;
    }

    @Override
    public void start(String jobId) {
        SeededRandom seededRandom = world.dice();
        ModelJob job = known("start", jobId, seededRandom);
        commitChecker.start(job);
        job.startsSent++;
        String call = "start of " + jobId;
        if (seededRandom.trouble()) {
            switch (seededRandom.below(6)) {
                case 0 -> fail(call, RemoteFaults.throttled(seededRandom));
                case 1 -> fail(call, RemoteFaults.unavailable("before it arrived"));
                case 2, 3 -> {
                    execute(job);
                    fail(call, RemoteFaults.unavailable("on the way back"));
                }
                default -> {
                    arrivesLate(seededRandom, () -> {
                        world.trace().note("    a late start of " + job.id + " arrives");
                        execute(job);
                    });
                    fail(call, RemoteFaults.unavailable("and is still on its way"));
                }
            }
        }
        world.trace().note("    " + call);
        if (job.ended(now()) || (job.started(now()) && world.script().setting().doubleStart() == DoubleStart.REFUSED)) {
            fail(call, RemoteFaults.notStartable());
        }
        execute(job);
    }

    @Override
    public void probe() {
        // somebody is there
    }
}
