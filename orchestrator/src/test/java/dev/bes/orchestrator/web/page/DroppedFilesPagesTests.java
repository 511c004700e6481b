package dev.bes.orchestrator.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Dropped files that do not go the usual way, on a whole node, as people and programs see them. */
@Tag("slow")
class DroppedFilesPagesTests {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static JobFolder jobs;
    private static OrchestratorNode node;
    private static Caller caller;

    @BeforeAll
    static void start() {
        jobs = new JobFolder(folder)
                .definition("reports", "hangs", "triggers: { files: [{ folder: reports, settle: 0s }] }")
                .definition("slow", "feature-hashing", "triggers: { files: [{ folder: slow, settle: 0s }] }");
        TestEnvironment.sandbox().serviceTime(Duration.ofSeconds(2), Duration.ofSeconds(2));
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), Map.of());
        caller = new Caller(node.url());
    }

    @AfterAll
    static void stop() {
        TestEnvironment.sandbox().serviceTime(Duration.ofMillis(50), Duration.ofMillis(150));
        node.close();
    }

    private static JsonNode attention() {
        return caller.get("/api/v1/attention").json();
    }

    @Test
    void areInTheLedgerFromFirstSightWithStateAndReason() {
        jobs.write("inbox/reports/led-a.txt", "text\na\n")
                .write("inbox/reports/led-b.csv", "text\na\n")
                .write("inbox/reports/led-<b>.txt", "text\na\n");
        await().atMost(A_MINUTE)
                .untilAsserted(() -> assertThat(
                                files("name=led-b.csv").path(0).path("run").asLong(0))
                        .isPositive());
        JsonNode claimed =
                files("name=led-b.csv&definition=reports&state=claimed").get(0);
        assertThat(claimed.get("links").get("run").asString())
                .isEqualTo("/api/v1/runs/" + claimed.get("run").asLong());
        JsonNode ignored = files("name=led-*&state=ignored&sort=id");
        assertThat(ignored).hasSize(2);
        assertThat(ignored.get(0).get("reason").asString()).startsWith("no pattern matches its name");
        assertThat(caller.get("/files?name=led-*").body())
                .contains("led-a.txt", "led-b.csv", "led-&lt;b&gt;.txt", "no pattern matches its name");

        JsonNode first = caller.get("/api/v1/files?name=led-*&limit=2").json();
        JsonNode second = caller.get(first.get("next").asString()).json();
        assertThat(first.get("files")).hasSize(2);
        assertThat(second.get("files")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        for (String wrong : List.of("state=lost", "from=yesterday", "definition=A", "name=%00", "sort=name")) {
            assertThat(caller.get("/api/v1/files?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    private static JsonNode files(String query) {
        return caller.get("/api/v1/files?" + query).json().get("files");
    }

    @Test
    void areListedWithTheReasonWithinAMinute() throws IOException {
        jobs.write("inbox/reports/REPORT.CSV", "text\na\n").write("inbox/reports/return.csv\r", "text\na\n");
        Path secret = Files.writeString(folder.resolve("secret"), "key of the service\n");
        Path planted = folder.resolve("inbox/reports/.processing/" + UUID.randomUUID());
        Files.createDirectories(planted);
        Files.createSymbolicLink(planted.resolve("x.csv"), secret);
        Files.setLastModifiedTime(planted, FileTime.fromMillis(1));

        await().atMost(A_MINUTE)
                .untilAsserted(() ->
                        assertThat(attention().get("notTakenCount").asInt()).isEqualTo(3));
        String listed = attention().get("notTaken").toString();
        assertThat(listed)
                .contains("\"name\":\"REPORT.CSV\"", "in upper and lower case only", "*.[cC][sS][vV]")
                .contains("\"name\":\"return.csv⟨U+000D⟩\"", "U+000D (carriage return)")
                .contains(String.valueOf(planted.getFileName()), "the database does not know it")
                .contains("\"since\":\"20");
        assertThat(caller.get("/attention").body())
                .contains("Not taken from drop folders", "REPORT.CSV", "return.csv⟨U+000D⟩");
        assertThat(node.part(RunReader.class).list(RunFilter.ALL.of("reports"), 10))
                .isEmpty();
        assertThat(Files.readSymbolicLink(planted.resolve("x.csv"))).isEqualTo(secret);

        Files.delete(folder.resolve("inbox/reports/REPORT.CSV"));
        await().atMost(A_MINUTE)
                .untilAsserted(() ->
                        assertThat(attention().get("notTakenCount").asInt()).isEqualTo(2));
    }

    @Test
    void arePutApartWhenTheirWriterWentOnAndTheRunSaysSo() throws IOException {
        jobs.write("inbox/slow/day.csv", "text\na\n");
        RunReader reader = node.part(RunReader.class);
        RunView run = await().atMost(A_MINUTE)
                .until(() -> reader.list(RunFilter.ALL.of("slow"), 10), runs -> runs.size() == 1)
                .getFirst();
        await().atMost(A_MINUTE)
                .until(() -> reader.scorings(run.id(), 0, 1).getFirst().attempts(), attempts -> !attempts.isEmpty());
        try (var files = Files.walk(folder.resolve("inbox/.processing"))) {
            List<Path> taken = files.filter(file -> file.endsWith("day.csv")).toList();
            Files.writeString(taken.getFirst(), "b\nc\n", StandardOpenOption.APPEND);
        }

        assertThat(node.ended(run.id()).state().word()).isEqualTo("Finished");
        Path apart = folder.resolve("inbox/slow/changed/" + run.id() + "-day.csv");
        await().atMost(A_MINUTE).until(() -> Files.exists(apart));
        assertThat(apart).hasContent("text\na\nb\nc\n");
        await().atMost(A_MINUTE)
                .untilAsserted(() -> assertThat(attention().get("changed").toString())
                        .contains("\"run\":" + run.id(), apart.toString(), "\"name\":\"day.csv\""));
        assertThat(caller.get("/api/v1/runs/" + run.id()).json().get("changed").toString())
                .contains(apart.toString());
        assertThat(caller.get("/runs/" + run.id()).body())
                .contains("was changed after it had been scored", apart.toString());
        assertThat(caller.get("/attention").body()).contains("Changed after they were scored");
    }
}
