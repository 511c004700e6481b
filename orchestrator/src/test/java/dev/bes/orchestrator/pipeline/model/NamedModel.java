package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.RemoteFaults;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Reason;

/** Jobs that are at work from the call that makes them, under names of ours. */
final class NamedModel extends ModelRemote implements NamedJobs {
    NamedModel(ModelWorld world) {
        super(world);
    }

    @Override
    public NamedJobs jobs(String endpoint) {
        return this;
    }

    @Override
    public void create(String name, JobRequest request) {
        commitChecker.create(name, request);
        SeededRandom seededRandom = world.dice();
        String call = "create of " + name;
        if (seededRandom.trouble()) {
            switch (seededRandom.below(6)) {
                case 0 -> fail(call, RemoteFaults.throttled(seededRandom));
                case 1 -> fail(call, RemoteFaults.unavailable("before it arrived"));
                case 2, 3 -> {
                    make(name, request);
                    fail(call, RemoteFaults.unavailable("on the way back"));
                }
                case 4 -> {
                    arrivesLate(seededRandom, () -> make(name, request));
                    fail(call, RemoteFaults.unavailable("and is still on its way"));
                }
                default -> fail(call, RemoteFaults.rejected("BadRequest"));
            }
        }
        world.trace().note("    " + call);
        if (!make(name, request)) {
            fail(call, new RemoteException.Rejected(Reason.NAME_TAKEN, "there is a job " + name));
        }
    }

    /** Returns whether there was none of that name. A name that is forgotten is free. */
    private boolean make(String name, JobRequest request) {
        ModelJob same = jobs.get(name);
        if (same != null && !same.forgotten(now())) {
            return false;
        }
        ModelJob job = register(name, request);
        job.startsSent++;
        execute(job);
        return true;
    }
}
