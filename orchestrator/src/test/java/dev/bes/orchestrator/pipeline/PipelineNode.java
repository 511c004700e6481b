package dev.bes.orchestrator.pipeline;

import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.collect.Collect;
import dev.bes.orchestrator.pipeline.collect.ContainerDelivery;
import dev.bes.orchestrator.pipeline.collect.Fetch;
import dev.bes.orchestrator.pipeline.collect.OutputDelivery;
import dev.bes.orchestrator.pipeline.collect.StreamedDelivery;
import dev.bes.orchestrator.pipeline.compare.ShadowComparer;
import dev.bes.orchestrator.pipeline.launch.Launch;
import dev.bes.orchestrator.pipeline.launch.Stage;
import dev.bes.orchestrator.pipeline.rows.RowCheck;
import dev.bes.orchestrator.pipeline.rows.RowScoring;
import dev.bes.orchestrator.pipeline.submit.NamedSubmission;
import dev.bes.orchestrator.pipeline.submit.OneCallScoring;
import dev.bes.orchestrator.pipeline.submit.OrphanedJobs;
import dev.bes.orchestrator.pipeline.submit.RowSubmission;
import dev.bes.orchestrator.pipeline.submit.Start;
import dev.bes.orchestrator.pipeline.submit.Submit;
import dev.bes.orchestrator.pipeline.submit.SubmitCalls;
import dev.bes.orchestrator.pipeline.submit.TwoStepSubmission;
import dev.bes.orchestrator.pipeline.submit.UnnamedSubmission;
import dev.bes.orchestrator.pipeline.track.NonceSearch;
import dev.bes.orchestrator.pipeline.track.Poll;
import dev.bes.orchestrator.pipeline.track.PollBounds;
import dev.bes.orchestrator.pipeline.track.PollSchedule;
import dev.bes.orchestrator.pipeline.track.Stop;
import dev.bes.orchestrator.pipeline.track.Track;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.move.RowProgress;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.shadow.StoredShadowOutputs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The sweeps of one node, by hand. */
public final class PipelineNode {
    final RunParts rows;
    private final Stage stage;
    private final Launch launch;
    private final Track track;
    private final Fetch fetch;
    private final Collect collect;
    private boolean room;

    public PipelineNode(
            String name,
            InterceptionPoints interceptionPoints,
            Endpoints realEndpoints,
            Blobs realBlobs,
            Path deliveryRoot) {
        this(
                DatabaseFixture.shared()
                        .node(
                                name,
                                interceptionPoints.around(
                                        DatabaseFixture.shared().transactions())),
                interceptionPoints.around(realEndpoints),
                interceptionPoints.around(realBlobs),
                soon(deliveryRoot),
                new ItemGuard(claim -> true, new RetryPolicy(soon(deliveryRoot))),
                new ConcurrentCalls(soon(deliveryRoot)));
    }

    /** A node over these parts. */
    public PipelineNode(RunParts rows, Endpoints endpoints, Blobs blobs, Path deliveryRoot) {
        this(
                rows,
                endpoints,
                blobs,
                soon(deliveryRoot),
                new ItemGuard(claim -> true, new RetryPolicy(soon(deliveryRoot))),
                new ConcurrentCalls(soon(deliveryRoot)));
    }

    public PipelineNode(
            RunParts rows, Endpoints endpoints, Blobs blobs, PipelineSettings settings, ItemGuard itemGuard) {
        this(rows, endpoints, blobs, settings, itemGuard, new ConcurrentCalls(settings));
    }

    private PipelineNode(
            RunParts rows,
            Endpoints endpoints,
            Blobs blobs,
            PipelineSettings settings,
            ItemGuard itemGuard,
            ConcurrentCalls concurrentCalls) {
        RetryPolicy retryPolicy = new RetryPolicy(settings);
        HealthyFolders disk = new HealthyFolders();
        PollBounds pollBounds = new PollBounds(settings);
        PollSchedule pollSchedule = new PollSchedule(rows.endedJobs(), pollBounds, InstantSource.system());
        this.rows = rows;
        OutcomeCommitter outcomeCommitter = new OutcomeCommitter(rows.moves(), rows.claims());
        OutputDelivery outputDelivery = new OutputDelivery(settings);
        InMemoryStore stores = new InMemoryStore();
        ContainerDelivery containerDelivery = new ContainerDelivery(stores, disk.threads);
        this.collect = new Collect(outcomeCommitter, rows.claims(), outputDelivery, containerDelivery, disk.threads);
        RecentBlobs recent = new RecentBlobs(endpoints);
        this.stage = new Stage(
                blobs,
                retryPolicy,
                StepFixture.opener(disk, StepFixture.reader(blobs)),
                disk.threads,
                rows.folded(),
                new ConcurrentCalls(settings),
                recent,
                settings);
        SubmitCalls committed = new SubmitCalls(concurrentCalls, itemGuard, outcomeCommitter, rows.intents());
        OrphanedJobs orphanedJobs = new OrphanedJobs(rows.intents());
        NonceSearch search = new NonceSearch(rows.intents(), retryPolicy, settings);
        this.launch = new Launch(
                outcomeCommitter,
                endpoints,
                new TwoStepSubmission(
                        committed,
                        new Submit(rows.intents(), retryPolicy, settings),
                        new Start(rows.claims(), retryPolicy, pollSchedule, settings),
                        orphanedJobs),
                new NamedSubmission(committed, orphanedJobs, retryPolicy, pollSchedule, settings),
                new UnnamedSubmission(
                        committed, rows.intents(), search, orphanedJobs, retryPolicy, pollSchedule, settings),
                new RowSubmission(committed, new RowCheck(blobs, recent), retryPolicy, rows.wakeups(), settings),
                new OneCallScoring(blobs, rows.intents(), retryPolicy, StepFixture.opener(disk)),
                committed,
                rows.wakeups());
        this.track = new Track(
                concurrentCalls,
                itemGuard,
                endpoints,
                new RowScoring(blobs, recent, new RowProgress(rows.jdbc()), retryPolicy),
                new Poll(endpoints, retryPolicy, pollSchedule, rows.folded()),
                new Stop(endpoints, retryPolicy, pollBounds, search, settings),
                outcomeCommitter,
                pollSchedule,
                rows.wakeups(),
                this::takes,
                settings);
        this.fetch = new Fetch(
                blobs,
                recent,
                outputDelivery,
                containerDelivery,
                new StreamedDelivery(blobs, recent, stores, containerDelivery),
                new ShadowComparer(StepFixture.reader(blobs), new StoredShadowOutputs(rows.jdbc())),
                retryPolicy,
                disk.threads,
                disk,
                rows.folded(),
                settings);
    }

    /** From now on what is seen finished is collected at once, as by a node that has room for it. */
    public PipelineNode withRoom() {
        room = true;
        return this;
    }

    private boolean takes(List<Claim> set, Runnable work) {
        if (room) {
            work.run();
        }
        return room;
    }

    private static PipelineSettings soon(Path deliveryRoot) {
        Duration soon = Duration.ofMillis(10);
        return new PipelineSettings(
                deliveryRoot, 500, 8, 1, RunParts.LEASE, soon, soon, soon, Duration.ZERO, Duration.ofSeconds(20));
    }

    /** Stages, submits and starts what is due of a run. */
    public void launch(NewRun run) {
        if (run.definition().fold() != null) {
            rows.folds().gather();
        }
        work(Sweep.LAUNCH, rows.claim(Sweep.LAUNCH, run));
    }

    /** Looks at the remote jobs of a run that are due. */
    public void track(NewRun run) {
        work(Sweep.TRACK, rows.claim(Sweep.TRACK, run));
    }

    /** Fetches what is due of a run. */
    public void collect(NewRun run) {
        work(Sweep.COLLECT, rows.claim(Sweep.COLLECT, run));
    }

    /** Works a claimed set off. */
    public void work(Sweep sweep, List<Claim> set) {
        switch (sweep) {
            case LAUNCH -> launch.launch(set.stream().map(stage::stage).toList());
            case TRACK -> track.follow(set, finished -> work(Sweep.COLLECT, finished));
            case COLLECT -> collect.accept(set.stream().map(fetch::fetch).toList());
        }
    }

    /** Takes everything over that others hold, and sees the run through. */
    public RunView finish(NewRun run, long id) {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> {
                            for (Runnable sweep :
                                    List.<Runnable>of(() -> launch(run), () -> track(run), () -> collect(run))) {
                                rows.letTimePass(run);
                                sweep.run();
                            }
                            return rows.reader().find(id).orElseThrow();
                        },
                        view -> view.state().ended());
    }
}
