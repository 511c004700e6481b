package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.NamedPipe;
import dev.bes.testbench.process.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that never answer, before real processes: nothing else may stand still for them. */
@Tag("slow")
class HungFolderTests {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PIPES = 8;
    private static final int TERMINATED = 143;
    private static final String LIVENESS = "/actuator/health/liveness";

    @TempDir
    Path folder;

    private static Installation site(Path folder, String name) {
        return Installation.usual(NodeProgram.shared(), folder, name)
                .with("orchestrator.files.stuck-timeout", "3s")
                .with("orchestrator.files.check-interval", "500ms")
                .with("orchestrator.files.response-timeout", "2s");
    }

    private static int status(Installation installation, NodeProcess node, String path) {
        return get(installation, node, path).map(HttpResponse::statusCode).orElse(0);
    }

    private static Optional<HttpResponse<String>> get(Installation installation, NodeProcess node, String path) {
        URI url = node.url().resolve(path);
        return new RetryingCallers(installation)
                .send(HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(20))
                        .header("Accept", "application/json")
                        .build());
    }

    private static long accepted(Installation installation, NodeProcess node) {
        return new RetryingCallers(installation)
                .request(node.url(), "hash", UUID.randomUUID().toString(), WorkKind.DAY)
                .id();
    }

    /** Puts a pipe into the place of the input of a run. */
    private NamedPipe pipe(Installation installation, long run) {
        Path path = folder.resolve("inbox").resolve("pipe-" + run);
        installation
                .jdbc
                .sql(
                        "UPDATE scoring SET inputs = json_build_object('input1', json_build_object('path', ?::text, 'name', 'pipe'))"
                                + " WHERE run_id = ?")
                .params(path.toString(), run)
                .update();
        return new NamedPipe(path);
    }

    /** Each is worth a carrier of virtual threads, and there are more than carriers. */
    @Test
    void goesOnBesideNamedPipesInThePlaceOfInputs() {
        try (Installation installation = site(folder, "named-pipes")) {
            installation.with("orchestrator.node.skew-limit", "-1h");
            NodeProcess clerk = installation.start().awaitReady();
            List<Long> runs = IntStream.range(0, PIPES)
                    .mapToObj(i -> accepted(installation, clerk))
                    .toList();
            List<NamedPipe> pipes =
                    runs.stream().map(run -> pipe(installation, run)).toList();
            clerk.close();

            NodeProcess node = installation
                    .with("orchestrator.node.skew-limit", "1s")
                    .start()
                    .awaitReady();
            long good = accepted(installation, node);
            installation.awaitEnd(good);
            new RunVerification(installation, good).isScoredOnce();
            assertThat(status(installation, node, "/api/v1/runs")).isEqualTo(200);
            assertThat(status(installation, node, "/")).isEqualTo(200);
            assertThat(status(installation, node, LIVENESS)).isIn(200, 503);

            pipes.forEach(NamedPipe::close);
            await().atMost(PATIENCE).until(() -> status(installation, node, LIVENESS) == 200);
        }
    }

    /** In a name space of mounts of its own, one node sees a folder through a file system that stops to answer. */
    @ParameterizedTest
    @CsvSource({"inbox, orchestrator.trigger.drop-root", "delivered, orchestrator.pipeline.delivery-root"})
    void leavesToTheOtherNodeWhatAHungMountKeepsFromIt(String hung, String setting) throws IOException {
        try (Installation installation = site(folder, "hung-" + hung)) {
            Files.createDirectories(folder.resolve(hung));
            NodeProcess well = installation.start().awaitReady();
            NodeProcess ill = installation
                    .startUnder(throughBindfs(folder.resolve(hung), folder.resolve("bindfs.pid")))
                    .awaitReady();
            long bindfs = Long.parseLong(
                    Files.readString(folder.resolve("bindfs.pid")).strip());
            long before = accepted(installation, ill);
            installation.awaitEnd(before);

            Signal.STOP.send(bindfs);
            try {
                await().atMost(PATIENCE).until(() -> status(installation, ill, "/actuator/health/readiness") == 503);
                assertThat(get(installation, ill, "/actuator/health/readiness")
                                .orElseThrow()
                                .body())
                        .contains(setting + " (", "has not answered for");
                for (int i = 0; i < PIPES; i++) {
                    long run = accepted(installation, well);
                    installation.awaitEnd(run);
                    new RunVerification(installation, run).isScoredOnce();
                }
                await().atMost(PATIENCE).until(() -> status(installation, ill, LIVENESS) == 503);
                assertThat(get(installation, ill, LIVENESS).orElseThrow().body())
                        .contains("Reading " + setting, "has not answered for");
                assertThat(status(installation, ill, "/api/v1/runs")).isEqualTo(200);
                assertThat(status(installation, ill, "/")).isEqualTo(200);
                if (hung.equals("inbox")) {
                    ill.signal(Signal.TERM);
                    await("it ends when it is told to").atMost(PATIENCE).until(ill::hasLeft);
                    Signal.KILL.send(bindfs);
                    assertThat(ill.exitCode()).isEqualTo(TERMINATED);
                    return;
                }
                Signal.CONT.send(bindfs);
                await().atMost(PATIENCE).until(() -> status(installation, ill, LIVENESS) == 200);
                await().atMost(PATIENCE).until(() -> status(installation, ill, "/actuator/health/readiness") == 200);
                installation.awaitEnd(accepted(installation, ill));
            } finally {
                Signal.KILL.send(bindfs);
            }
        }
    }

    private static List<String> throughBindfs(Path folder, Path pid) {
        return List.of(
                "unshare",
                "--mount",
                "bash",
                "-c",
                "bindfs -f -o nonempty \"$0\" \"$0\" & echo $! > \"$1\"; until mountpoint -q \"$0\"; do sleep 0.1; done;"
                        + " shift; exec \"$@\"",
                folder.toString(),
                pid.toString());
    }
}
