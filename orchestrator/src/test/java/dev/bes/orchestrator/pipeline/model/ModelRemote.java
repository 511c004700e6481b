package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.RemoteFaults;
import dev.bes.orchestrator.pipeline.Script.DoubleStart;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The remote side in memory: jobs that do as is their fate, and calls that go wrong as the dice fall. It looks at the rows
 * at every call that is no question, and tells of each that the rows do not justify. A subclass has the calls that make jobs.
 */
abstract class ModelRemote implements Endpoints {
    /** How many ticks a call may be on its way, at most. */
    static final int LONGEST_WAY = 2;

    final Map<String, ModelJob> jobs = new LinkedHashMap<>();
    final ModelWorld world;
    final CommitChecker commitChecker;
    private final List<OnTheWay> late = new ArrayList<>();
    private int now;

    private record OnTheWay(int arrives, Runnable call) {}

    ModelRemote(ModelWorld world) {
        this.world = world;
        this.commitChecker = new CommitChecker(world);
    }

    int now() {
        return now;
    }

    /** One tick goes by; calls that were on their way arrive. */
    void tick() {
        now++;
        List<OnTheWay> arriving =
                late.stream().filter(call -> call.arrives <= now).toList();
        late.removeAll(arriving);
        arriving.forEach(call -> call.call.run());
    }

    /** Lets a call arrive later, that nobody waits for any more. */
    void arrivesLate(SeededRandom seededRandom, Runnable call) {
        late.add(new OnTheWay(now + 1 + seededRandom.below(LONGEST_WAY), call));
    }

    /** A job that nobody has started yet. */
    ModelJob register(String id, JobRequest request) {
        ModelJob.Place place =
                ModelJob.Place.of(request.outputs().values().iterator().next());
        long before =
                jobs.values().stream().filter(j -> j.place.sameScoring(place)).count();
        // the fate of a job hangs on its place alone, not on what happened elsewhere
        JobOutcome jobOutcome = JobOutcome.of(
                Objects.hash(world.script().seed(), world.runs().indexOf(place.run()), place.position(), before));
        ModelJob job = new ModelJob(id, place, now, jobOutcome);
        jobs.put(job.id, job);
        return job;
    }

    /** The start of a job has arrived. */
    void execute(ModelJob job) {
        if (job.ended(now)
                || (job.started(now) && world.script().setting().doubleStart() != DoubleStart.EXECUTED_TWICE)) {
            return;
        }
        job.start(now);
        List<ModelJob> busy = busy();
        if (mayMakeExtraJobs()) {
            return;
        }
        if (busy.stream().filter(j -> j.place.sameScoring(job.place)).count() > 1) {
            world.trace().violation("two jobs of one scoring are at work: " + names(busy));
        }
        if (busy.size() > world.script().setting().places() && !world.hasOverslept()) {
            world.trace().violation("more jobs at work than there are places: " + names(busy));
        }
    }

    /** The input of each scoring. */
    String input() {
        return "day.csv";
    }

    /** What each accepted output is; null if each job has an output of its own. */
    @Nullable
    String output() {
        return null;
    }

    /** The blob store. */
    Blobs blobs(Supplier<SeededRandom> dice) {
        return new ModelBlobs(this, dice);
    }

    /** Whether a call may leave a job that nobody knows yet. */
    boolean mayMakeExtraJobs() {
        return false;
    }

    private List<ModelJob> busy() {
        return jobs.values().stream()
                .filter(j -> j.busy(now) && !j.forgotten(now))
                .toList();
    }

    private static List<String> names(List<ModelJob> some) {
        return some.stream().map(j -> j.id).toList();
    }

    public JobStatus status(String jobId) {
        SeededRandom seededRandom = world.dice();
        ModelJob job = known("status", jobId, seededRandom);
        if (seededRandom.trouble()) {
            switch (seededRandom.below(5)) {
                case 0 -> fail("status of " + jobId, RemoteFaults.throttled(seededRandom));
                case 1 -> fail("status of " + jobId, RemoteFaults.unavailable("busy"));
                case 2 -> {
                    return said(job, new JobStatus(JobStatus.State.UNKNOWN, "Paused", null));
                }
                default -> {
                    return said(job, status(seededRandom.one(earlier(job))));
                }
            }
        }
        return said(job, status(job.state(now)));
    }

    private JobStatus said(ModelJob job, JobStatus status) {
        world.trace().note("    status of " + job.id + ": " + status.remoteState());
        commitChecker.status(job, status);
        return status;
    }

    private static JobStatus status(JobStatus.State state) {
        return new JobStatus(state, state.name(), state == JobStatus.State.FAILED ? "it broke" : null);
    }

    /** What it may say that looks at a copy which is behind: anything that the job has been. */
    private JobStatus.State[] earlier(ModelJob job) {
        return Stream.of(JobStatus.State.NOT_STARTED, job.started(now) ? JobStatus.State.RUNNING : job.state(now))
                .toArray(JobStatus.State[]::new);
    }

    public void cancel(String jobId) {
        SeededRandom seededRandom = world.dice();
        ModelJob job = known("cancel", jobId, seededRandom);
        commitChecker.cancel(job);
        String call = "cancel of " + jobId;
        if (seededRandom.trouble()) {
            switch (seededRandom.below(5)) {
                case 0 -> fail(call, RemoteFaults.throttled(seededRandom));
                case 1 -> fail(call, RemoteFaults.unavailable("before it arrived"));
                case 2 -> {
                    job.cancel(now);
                    fail(call, RemoteFaults.unavailable("on the way back"));
                }
                default -> fail(call, RemoteFaults.rejected("CannotCancelJob"));
            }
        }
        world.trace().note("    " + call);
        job.cancel(now);
    }

    ModelJob known(String call, String jobId, SeededRandom seededRandom) {
        ModelJob job = jobs.get(jobId);
        if (job == null) {
            throw RemoteFaults.notFound(jobId);
        }
        if (job.forgotten(now) || (seededRandom.trouble() && seededRandom.chance(20))) {
            fail(call + " of " + jobId, RemoteFaults.notFound(jobId));
        }
        return job;
    }

    void fail(String call, RemoteException trouble) {
        world.trace().note("    " + call + " -> " + trouble.getMessage());
        throw trouble;
    }

    @Override
    public Set<String> names() {
        return Set.of("model");
    }

    @Override
    public int maxConcurrentJobs(String endpoint) {
        return world.script().setting().places();
    }
}
