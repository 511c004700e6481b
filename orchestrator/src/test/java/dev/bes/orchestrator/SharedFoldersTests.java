package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Two nodes over one database, of which the second has other folders than the first. */
@Tag("slow")
class SharedFoldersTests {
    private static final int RUNS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static OrchestratorNode node;
    private static OrchestratorNode stranger;

    @BeforeAll
    static void start() {
        String database = TestEnvironment.newDatabase();
        new JobFolder(folder)
                .definition("asked", "feature-hashing", "triggers: {}")
                .definition(
                        "dropped", "feature-hashing", "triggers:\n  files:\n    - folder: drop\n      settle: 0s\n");
        node = OrchestratorNode.start(folder, database, Map.of());
        Path other = folder.resolve("other");
        stranger = OrchestratorNode.start(
                folder,
                database,
                Map.of(
                        "orchestrator.trigger.drop-root", other.resolve("inbox").toString(),
                        "orchestrator.pipeline.delivery-root",
                                other.resolve("delivered").toString()));
    }

    @AfterAll
    static void stop() {
        stranger.close();
        node.close();
    }

    private static Map<String, Upload> file() {
        return Map.of(
                "input1",
                new Upload(
                        "day.csv",
                        () -> new ByteArrayInputStream("text\nThis is a good day\n".getBytes(StandardCharsets.UTF_8))));
    }

    private static HttpResponse<String> get(OrchestratorNode from, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(from.url().resolve(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void leaveToANodeWhatOnlyThatOneReaches() {
        List<Long> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            // what comes with a request needs no shared folder
            runs.add((i % 2 == 0 ? node : stranger).request("asked", file()));
        }
        for (long run : runs) {
            assertThat(node.ended(run).state()).isEqualTo(State.FINISHED);
            assertThat(node.part(RunReader.class).history(run, 100))
                    .filteredOn(entry -> entry.scoring() != null)
                    .filteredOn(entry -> entry.toString().contains("STAGED")
                            || entry.toString().contains("DELIVERED"))
                    .extracting(HistoryEntry::node)
                    .containsOnly(node.part(Node.class).name());
        }
    }

    @Test
    void areNamedByTheNodeThatDoesNotSeeThem() throws Exception {
        HttpResponse<String> readiness = get(stranger, "/actuator/health/readiness");

        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body())
                .contains(
                        "orchestrator.trigger.drop-root (" + folder.resolve("other/inbox"),
                        "orchestrator.pipeline.delivery-root (",
                        "theirs is " + folder.resolve("inbox"));
        assertThat(get(stranger, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(node, "/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void refuseDownloadsThatAnotherNodeServes() throws Exception {
        long run = node.request("asked", file());
        node.ended(run);
        String output = "/api/v1/runs/%d/scorings/1/outputs/output1".formatted(run);

        assertThat(get(node, output).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get(stranger, output);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body())
                .contains("orchestrator.pipeline.delivery-root")
                .doesNotContain(folder.toString());
    }

    @Test
    void keepDroppedFilesLyingWhereNobodyElseWouldFindThem() throws IOException {
        new JobFolder(folder).write("other/inbox/drop/lost.csv", "text\na\n").write("inbox/drop/day.csv", "text\na\n");

        assertThat(node.newestEnded("dropped").state()).isEqualTo(State.FINISHED);
        assertThat(folder.resolve("other/inbox/drop/lost.csv")).exists();
    }

    /** What looks into folders may hang, and must not keep the rest from its time. */
    @Test
    void haveSchedulersOfTheirOwn() {
        assertThat(node.part(SimpleAsyncTaskScheduler.class))
                .as("what everything else is scheduled by")
                .isNotNull();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .anyMatch(name -> name.startsWith("drop-folders-"));
    }

    @Test
    void areLeftByANodeWhoseFolderIsTakenAway() throws IOException {
        Path inbox = folder.resolve("inbox");
        long run = node.ended(node.request("asked", file())).id();
        Files.move(inbox, folder.resolve("elsewhere"));
        Files.createDirectories(inbox);
        try {
            assertThat(node.part(SharedFolders.class).isThere(SharedFolder.DROP_ROOT))
                    .isFalse();
            assertThat(node.part(SharedFolders.class).problem(SharedFolder.DROP_ROOT))
                    .contains("orchestrator.trigger.drop-root (" + inbox);
        } finally {
            // a scan that had seen the right folder may just have created a drop folder in this one
            Files.move(inbox, folder.resolve("taken-away"));
            Files.move(folder.resolve("elsewhere"), inbox);
        }
        await().atMost(PATIENCE).until(() -> node.part(SharedFolders.class).has(SharedFolder.DROP_ROOT));
        assertThat(run).isPositive();
    }
}
