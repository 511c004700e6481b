package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers take up every file descriptor that a node may have, while it is at work. */
@Tag("slow")
class ScarceHandlesTests {
    private static final int HANDLES = 400;
    private static final int RUNS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NONE_LEFT = "Too many open files";

    @TempDir
    Path folder;

    @Test
    void goesOnWhenItHasFileDescriptorsAgain() throws IOException {
        try (Installation installation = Installation.usual(NodeProgram.shared(), folder, "scarce-handles")) {
            NodeProcess node = installation
                    .startUnder(List.of("bash", "-c", "ulimit -n " + HANDLES + " && exec \"$@\"", "node"))
                    .awaitReady();
            List<CompletableFuture<Long>> runs = new ArrayList<>(begin(installation));
            List<Socket> callers = new ArrayList<>();
            try {
                while (!node.said().contains(NONE_LEFT) && callers.size() < HANDLES) {
                    callers.add(new Socket(
                            InetAddress.getLoopbackAddress(), node.url().getPort()));
                }
                // connections wait in the system's queue before the node takes them
                await().atMost(PATIENCE).until(() -> node.said().contains(NONE_LEFT));
                runs.addAll(begin(installation));
                awaitBeats(installation);
            } finally {
                for (Socket caller : callers) {
                    caller.close();
                }
            }
            runs.addAll(begin(installation));

            for (CompletableFuture<Long> run : runs) {
                await().atMost(PATIENCE).until(run::isDone);
                installation.awaitEnd(run.join());
                new RunVerification(installation, run.join()).isScoredOnce();
            }
            assertThat(node.isAlive()).isTrue();
            awaitReadiness(installation, node);
        }
    }

    private static List<CompletableFuture<Long>> begin(Installation installation) {
        return Stream.of(WorkKind.REQUEST, WorkKind.FILES)
                .flatMap(workKind -> Stream.generate(() -> workKind.beginBeside(installation))
                        .limit(RUNS))
                .toList();
    }

    /** Its leases are renewed over a connection that it has. */
    private static void awaitBeats(Installation installation) {
        String beat = "SELECT max(last_heartbeat_at)::text FROM node";
        String before = installation.jdbc.sql(beat).query(String.class).single();
        await().atMost(PATIENCE)
                .until(() ->
                        installation.jdbc.sql(beat).query(String.class).single().compareTo(before) > 0);
    }

    private static void awaitReadiness(Installation installation, NodeProcess node) {
        URI readiness = node.url().resolve("/actuator/health/readiness");
        await().atMost(PATIENCE)
                .until(() -> new RetryingCallers(installation)
                        .send(HttpRequest.newBuilder(readiness).build())
                        .filter(answer -> answer.statusCode() == 200)
                        .isPresent());
    }
}
