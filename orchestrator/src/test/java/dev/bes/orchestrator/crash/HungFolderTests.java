package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.ApiException;
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

    private static Site site(Path folder, String name) {
        return Site.usual(NodeProgram.shared(), folder, name)
                .with("orchestrator.files.stuck-timeout", "3s")
                .with("orchestrator.files.check-interval", "500ms")
                .with("orchestrator.files.response-timeout", "2s");
    }

    private static int status(Site site, NodeProcess node, String path) {
        return get(site, node, path).map(HttpResponse::statusCode).orElse(0);
    }

    private static Optional<HttpResponse<String>> get(Site site, NodeProcess node, String path) {
        URI url = node.url().resolve(path);
        return new Callers(site)
                .send(HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(20))
                        .header("Accept", "application/json")
                        .build());
    }

    private static long accepted(Site site, NodeProcess node) {
        return new Callers(site)
                .request(node.url(), "hash", UUID.randomUUID().toString(), Work.DAY)
                .id();
    }

    private static Path input(Site site, long run) {
        return Path.of(site.jdbc
                .sql("SELECT inputs -> 'input1' ->> 'path' FROM scoring WHERE run_id = ?")
                .param(run)
                .query(String.class)
                .single());
    }

    /** Each is worth a carrier of virtual threads, and there are more than carriers. */
    @Test
    void goesOnBesideNamedPipesInThePlaceOfInputs() {
        try (Site site = site(folder, "named-pipes")) {
            site.with("orchestrator.node.skew-limit", "-1h");
            NodeProcess clerk = site.start().awaitReady();
            List<Long> runs = IntStream.range(0, PIPES)
                    .mapToObj(i -> accepted(site, clerk))
                    .toList();
            List<NamedPipe> pipes =
                    runs.stream().map(run -> new NamedPipe(input(site, run))).toList();
            clerk.close();

            NodeProcess node =
                    site.with("orchestrator.node.skew-limit", "1s").start().awaitReady();
            long good = accepted(site, node);
            site.awaitEnd(good);
            new Verdict(site, good).isScoredOnce();
            assertThat(status(site, node, "/api/runs")).isEqualTo(200);
            assertThat(status(site, node, "/")).isEqualTo(200);
            assertThat(status(site, node, LIVENESS)).isIn(200, 503);

            pipes.forEach(NamedPipe::close);
            await().atMost(PATIENCE).until(() -> status(site, node, LIVENESS) == 200);
        }
    }

    /** In a name space of mounts of its own, one node sees a folder through a file system that stops to answer. */
    @ParameterizedTest
    @CsvSource({
        "uploads, orchestrator.trigger.uploads",
        "inbox, orchestrator.trigger.drop-root",
        "delivered, orchestrator.pipeline.delivery-root"
    })
    void leavesToTheOtherNodeWhatAHungMountKeepsFromIt(String hung, String setting) throws IOException {
        try (Site site = site(folder, "hung-" + hung)) {
            Files.createDirectories(folder.resolve(hung));
            NodeProcess well = site.start().awaitReady();
            NodeProcess ill = site.startUnder(throughBindfs(folder.resolve(hung), folder.resolve("bindfs.pid")))
                    .awaitReady();
            long bindfs = Long.parseLong(
                    Files.readString(folder.resolve("bindfs.pid")).strip());
            long before = accepted(site, ill);
            site.awaitEnd(before);

            Signal.STOP.send(bindfs);
            try {
                await().atMost(PATIENCE).until(() -> status(site, ill, "/actuator/health/readiness") == 503);
                assertThat(get(site, ill, "/actuator/health/readiness")
                                .orElseThrow()
                                .body())
                        .contains(setting + " (", "has not answered for");
                for (int i = 0; i < PIPES; i++) {
                    long run = accepted(site, well);
                    site.awaitEnd(run);
                    new Verdict(site, run).isScoredOnce();
                }
                await().atMost(PATIENCE).until(() -> status(site, ill, LIVENESS) == 503);
                assertThat(get(site, ill, LIVENESS).orElseThrow().body())
                        .contains("Looking into " + setting, "has not come back for");
                assertThat(status(site, ill, "/api/runs")).isEqualTo(200);
                assertThat(status(site, ill, "/")).isEqualTo(200);
                if (hung.equals("uploads")) {
                    refusesFiles(site, ill);
                } else if (hung.equals("inbox")) {
                    assertThat(ill.signal(Signal.TERM).exitCode())
                            .as("it ends when it is told to")
                            .isEqualTo(TERMINATED);
                    return;
                }
                Signal.CONT.send(bindfs);
                await().atMost(PATIENCE).until(() -> status(site, ill, LIVENESS) == 200);
                await().atMost(PATIENCE).until(() -> status(site, ill, "/actuator/health/readiness") == 200);
                site.awaitEnd(accepted(site, ill));
            } finally {
                Signal.KILL.send(bindfs);
            }
        }
    }

    private static void refusesFiles(Site site, NodeProcess node) {
        assertThat(catchThrowableOfType(
                        ApiException.class, () -> new Callers(site).request(node.url(), "hash", "refused", Work.DAY)))
                .returns(503, ApiException::status)
                .hasMessageContaining("orchestrator.trigger.uploads");
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
