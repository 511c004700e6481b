package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.node.GoodDisk;
import dev.bes.orchestrator.remote.BlobReader;
import dev.bes.orchestrator.remote.Blobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claims.Deferral;
import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The steps of the pipeline over an endpoint that answers as it is told. */
final class Bench {
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration POLL_MIN = Duration.ofSeconds(1);
    static final Duration POLL_MAX = Duration.ofSeconds(60);
    static final Duration GRACE = Duration.ofSeconds(45);
    static final Duration OUTPUT_WAIT = Duration.ofSeconds(50);

    final ScriptedJobs jobs = new ScriptedJobs();
    final RunParts rows = Database.shared().node("bench");
    final GoodDisk disk = new GoodDisk();
    final PipelineSettings settings;
    final Waits waits;
    final Polling polling;

    Bench() {
        this(Path.of("delivered"));
    }

    Bench(Path deliveryRoot) {
        this.settings = settings(deliveryRoot);
        this.waits = new Waits(settings);
        this.polling = new Polling(rows.endedJobs(), waits, InstantSource.system());
    }

    /** The settings that tests go by. */
    static PipelineSettings settings(Path deliveryRoot) {
        return new PipelineSettings(
                deliveryRoot, 500, 8, 1, LEASE, Duration.ofMillis(50), POLL_MIN, POLL_MAX, GRACE, OUTPUT_WAIT);
    }

    /** Opens every file, and no blob. */
    InputOpener opener() {
        return opener(disk);
    }

    /** The same on another disk. */
    static InputOpener opener(GoodDisk disk) {
        return new InputOpener(disk.threads, disk, Bench::noBlob, Path.of("/"));
    }

    private static BlobReader.Content noBlob(@Nullable String store, String path, String etag) {
        throw new RemoteException.NotFound("no blob " + path);
    }

    Stage stage(Blobs blobs) {
        return new Stage(blobs, waits, opener(), disk.threads, settings);
    }

    NextAttempt nextAttempt() {
        return new NextAttempt(waits);
    }

    Submit submit() {
        return new Submit(rows.intents(), waits, settings);
    }

    Start start() {
        return new Start(rows.claims(), waits, polling, new Missing(waits), settings);
    }

    Poll poll() {
        return new Poll(jobs, waits, polling, nextAttempt(), new Missing(waits));
    }

    Stop stop() {
        return new Stop(
                jobs,
                waits,
                nextAttempt(),
                new Missing(waits),
                new NonceSearch(rows.intents(), waits, settings),
                settings);
    }

    /** The move that it comes to. */
    static Move move(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Moves.class);
        return ((Outcome.Moves) outcome).move();
    }

    /** The wait that it comes to. */
    static Deferral later(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Waits.class);
        return ((Outcome.Waits) outcome).deferral();
    }

    /** The end without output that it comes to. */
    static String failure(Outcome outcome) {
        Move move = move(outcome);
        assertThat(move.to().state()).isEqualTo(dev.bes.orchestrator.run.State.FAILED);
        return String.valueOf(move.cause());
    }
}
