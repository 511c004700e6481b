package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.compare.ShadowComparer;
import dev.bes.orchestrator.pipeline.input.InputOpener;
import dev.bes.orchestrator.pipeline.launch.Stage;
import dev.bes.orchestrator.pipeline.submit.Start;
import dev.bes.orchestrator.pipeline.submit.Submit;
import dev.bes.orchestrator.pipeline.track.NonceSearch;
import dev.bes.orchestrator.pipeline.track.Poll;
import dev.bes.orchestrator.pipeline.track.PollBounds;
import dev.bes.orchestrator.pipeline.track.PollSchedule;
import dev.bes.orchestrator.pipeline.track.Stop;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import dev.bes.orchestrator.run.shadow.Comparison;
import dev.bes.orchestrator.run.shadow.ShadowOutputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of the pipeline over an endpoint that answers as it is told. */
public final class StepFixture {
    public static final Duration LEASE = Duration.ofSeconds(15);
    public static final Duration POLL_MIN = Duration.ofSeconds(1);
    public static final Duration POLL_MAX = Duration.ofSeconds(60);
    public static final Duration GRACE = Duration.ofSeconds(45);
    public static final Duration OUTPUT_WAIT = Duration.ofSeconds(50);

    public final ScriptedJobs jobs = new ScriptedJobs();
    public final RunParts rows = DatabaseFixture.shared().node("bench");
    public final HealthyFolders disk = new HealthyFolders();
    public final PipelineSettings settings;
    public final RetryPolicy retryPolicy;
    public final PollBounds pollBounds;
    public final PollSchedule pollSchedule;

    public StepFixture() {
        this(Path.of("delivered"));
    }

    public StepFixture(Path deliveryRoot) {
        this.settings = settings(deliveryRoot);
        this.retryPolicy = new RetryPolicy(settings);
        this.pollBounds = new PollBounds(settings);
        this.pollSchedule = new PollSchedule(rows.endedJobs(), pollBounds, InstantSource.system());
    }

    /** The settings that tests go by. */
    public static PipelineSettings settings(Path deliveryRoot) {
        return new PipelineSettings(
                deliveryRoot, 500, 8, 1, LEASE, Duration.ofMillis(50), POLL_MIN, POLL_MAX, GRACE, OUTPUT_WAIT);
    }

    /** Opens every file, and no blob. */
    public InputOpener opener() {
        return opener(disk);
    }

    /** The same on another disk. */
    public static InputOpener opener(HealthyFolders disk) {
        return opener(disk, StepFixture::noBlob);
    }

    /** The same with blobs. */
    public static InputOpener opener(HealthyFolders disk, BlobReader blobs) {
        return new InputOpener(disk.threads, disk, blobs, row -> Optional.empty(), Path.of("/"));
    }

    /** What compares shadows, without any. */
    public static ShadowComparer noShadows() {
        return new ShadowComparer(StepFixture::noBlob, new ShadowOutputs() {
            @Override
            public Optional<Delivered> deliveredOf(long shadowRun) {
                return Optional.empty();
            }

            @Override
            public void keep(long shadowRun, Comparison found) {}
        });
    }

    /** Reads the blobs of our container, whatever their versions. */
    public static BlobReader reader(Blobs blobs) {
        return (store, path, etag) -> {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            blobs.fetch(path, () -> {
                content.reset();
                return content;
            });
            return new BlobReader.Content(content.size(), new ByteArrayInputStream(content.toByteArray()));
        };
    }

    private static BlobReader.Content noBlob(@Nullable String store, String path, @Nullable String etag) {
        throw new RemoteException.NotFound("no blob " + path);
    }

    public Stage stage(Blobs blobs) {
        return new Stage(
                blobs,
                retryPolicy,
                opener(),
                disk.threads,
                rows.folded(),
                new ConcurrentCalls(settings),
                new RecentBlobs(jobs),
                settings);
    }

    public Submit submit() {
        return new Submit(rows.intents(), retryPolicy, settings);
    }

    public Start start() {
        return new Start(rows.claims(), retryPolicy, pollSchedule, settings);
    }

    public Poll poll() {
        return new Poll(jobs, retryPolicy, pollSchedule, rows.folded());
    }

    public Stop stop() {
        return new Stop(
                jobs, retryPolicy, pollBounds, new NonceSearch(rows.intents(), retryPolicy, settings), settings);
    }

    /** The move that it comes to. */
    public static Move move(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Moved.class);
        return ((Outcome.Moved) outcome).move();
    }

    /** The wait that it comes to. */
    public static Deferral later(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
        return ((Outcome.Deferred) outcome).deferral();
    }

    /** The end without output that it comes to. */
    public static String failure(Outcome outcome) {
        Move move = move(outcome);
        assertThat(move.to().state()).isEqualTo(dev.bes.orchestrator.run.State.FAILED);
        return String.valueOf(move.cause());
    }
}
