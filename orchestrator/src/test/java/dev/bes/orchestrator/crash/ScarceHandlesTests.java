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
        try (Site site = Site.usual(NodeProgram.shared(), folder, "scarce-handles")) {
            NodeProcess node = site.startUnder(
                            List.of("bash", "-c", "ulimit -n " + HANDLES + " && exec \"$@\"", "node"))
                    .awaitReady();
            List<CompletableFuture<Long>> runs = new ArrayList<>(begin(site));
            List<Socket> callers = new ArrayList<>();
            try {
                while (!node.said().contains(NONE_LEFT) && callers.size() < HANDLES) {
                    callers.add(new Socket(
                            InetAddress.getLoopbackAddress(), node.url().getPort()));
                }
                // connections wait in the system's queue before the node takes them
                await().atMost(PATIENCE).until(() -> node.said().contains(NONE_LEFT));
                runs.addAll(begin(site));
                awaitBeats(site);
            } finally {
                for (Socket caller : callers) {
                    caller.close();
                }
            }
            runs.addAll(begin(site));

            for (CompletableFuture<Long> run : runs) {
                await().atMost(PATIENCE).until(run::isDone);
                site.awaitEnd(run.join());
                new Verdict(site, run.join()).isScoredOnce();
            }
            assertThat(node.isAlive()).isTrue();
            awaitReadiness(site, node);
        }
    }

    private static List<CompletableFuture<Long>> begin(Site site) {
        return Stream.of(Work.REQUEST, Work.FILES)
                .flatMap(work -> Stream.generate(() -> work.beginBeside(site)).limit(RUNS))
                .toList();
    }

    /** Its leases are renewed over a connection that it has. */
    private static void awaitBeats(Site site) {
        String beat = "SELECT max(last_heartbeat_at)::text FROM node";
        String before = site.jdbc.sql(beat).query(String.class).single();
        await().atMost(PATIENCE)
                .until(() -> site.jdbc.sql(beat).query(String.class).single().compareTo(before) > 0);
    }

    private static void awaitReadiness(Site site, NodeProcess node) {
        URI readiness = node.url().resolve("/actuator/health/readiness");
        await().atMost(PATIENCE)
                .until(() -> new Callers(site)
                        .send(HttpRequest.newBuilder(readiness).build())
                        .filter(answer -> answer.statusCode() == 200)
                        .isPresent());
    }
}
