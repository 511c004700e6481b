package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.sandbox.journal.JournalEntry.Event;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The main job, end to end, on real parts: the shipped sample in by each trigger, the checked output home. */
@Tag("slow")
class MainJobTests {
    private static final Path SAMPLE = Path.of("../job-definitions/samples/birdstrikes.csv");
    private static final int ROWS = 10_000;

    @TempDir
    static Path folder;

    private static OrchestratorNode node;

    @BeforeAll
    static void start() throws IOException {
        String shipped = Files.readString(Path.of("../job-definitions/birdstrikes.yaml"));
        new JobFolder(folder)
                .write("definitions/birdstrikes.yaml", shipped)
                .write("definitions/samples/birdstrikes.csv", Files.readAllBytes(SAMPLE))
                .definition(
                        "everysecond",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: tick\n      cron: \"* * * * * ?\"\n      zone: Asia/Tokyo\n")
                .write("definitions/data/everysecond/a.csv", "text\ngood\n");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), Map.of());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void scoresAnUploadedFile() throws IOException {
        RunView run =
                node.score("birdstrikes", Map.of("input1", new Upload("b.csv", () -> Files.newInputStream(SAMPLE))));

        assertThat(run.trigger()).isEqualTo("request");
        isDelivered(run);
    }

    @Test
    void scoresWhatTheDefinitionNamesWhenTheRequestBringsNoFile() throws IOException {
        isDelivered(node.score("birdstrikes", Map.of()));
    }

    @Test
    void scoresADroppedFileAndArchivesIt() throws IOException {
        Path inbox = folder.resolve("inbox/birdstrikes");
        await().until(() -> Files.isDirectory(inbox));
        Files.copy(SAMPLE, inbox.resolve("strikes of 1990.csv"));
        RunReader reader = node.part(RunReader.class);
        long id = await().until(
                        () -> reader.list(RunFilter.ALL.of("birdstrikes"), 100).stream()
                                .filter(r -> r.trigger().equals("files"))
                                .toList(),
                        list -> list.size() == 1)
                .getFirst()
                .id();

        isDelivered(node.ended(id));
        Path archived = inbox.resolve("archive/" + id + "-strikes_of_1990.csv");
        await().until(() -> Files.exists(archived));
        assertThat(archived).hasSameBinaryContentAs(SAMPLE);
        assertThat(inbox.resolve("strikes of 1990.csv")).doesNotExist();
        assertThat(inbox.resolveSibling(".processing")).isEmptyDirectory();
    }

    @Test
    void startsARunAtEachFireTime() {
        RunView run = node.newestEnded("everysecond");

        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        assertThat(run.trigger()).isEqualTo("schedule");
        assertThat(run.occurrence()).isEqualTo("schedule:tick:" + run.fireTime());
    }

    @Test
    void startsOneRemoteJobPerScoring() {
        RunView run = node.score("birdstrikes", Map.of());
        String job = String.valueOf(attempt(run).jobId());

        assertThat(TestEnvironment.sandbox().journal().of(job))
                .filteredOn(entry -> entry.event() == Event.START)
                .hasSize(1);
    }

    @Test
    void leavesNothingOfTheSweepsToReportsOnTheSameConnections() throws SQLException {
        node.score("birdstrikes", Map.of());
        List<Connection> pool = new ArrayList<>();
        try {
            // more than the sweeps and the schedules hold at a time, so that some of theirs are among them
            for (int i = 0; i < 10; i++) {
                pool.add(node.part(DataSource.class).getConnection());
            }
            for (Connection connection : pool) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT string_agg(name, ' ') FROM pg_settings"
                                + " WHERE (name LIKE 'enable\\_%' OR name = 'jit') AND setting <> boot_val")) {
                    row.next();
                    assertThat(row.getString(1))
                            .as("switches of the planner that are not as PostgreSQL is shipped")
                            .isNull();
                }
            }
        } finally {
            for (Connection connection : pool) {
                connection.close();
            }
        }
    }

    @Test
    void hasMetricsOfTheCircuitBreakerOfEachEndpoint() {
        node.score("birdstrikes", Map.of());

        assertThat(node.part(MeterRegistry.class)
                        .get("resilience4j.circuitbreaker.calls")
                        .tags("name", "feature-hashing", "kind", "successful")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void keepsBatchAndQuartzInTheDatabase() {
        node.score("birdstrikes", Map.of());
        JdbcClient jdbc = node.part(JdbcClient.class);

        await().untilAsserted(() -> assertThat(
                        jdbc.sql("SELECT DISTINCT status FROM batch_job_execution WHERE end_time IS NOT NULL")
                                .query(String.class)
                                .list())
                .containsExactly("COMPLETED"));
        assertThat(jdbc.sql("SELECT trigger_name FROM qrtz_cron_triggers JOIN qrtz_scheduler_state USING (sched_name)")
                        .query(String.class)
                        .list())
                .as("triggers of a scheduler that checks in as one of a cluster")
                .containsExactlyInAnyOrder("nightly", "tick");
    }

    @Test
    void measuresTheJobsOfSpringBatch() {
        node.score("birdstrikes", Map.of());
        MeterRegistry meters = node.part(MeterRegistry.class);

        for (String job : List.of("launchJob", "collectJob")) {
            assertThat(meters.get("spring.batch.job")
                            .tags("spring.batch.job.name", job, "spring.batch.job.status", "COMPLETED")
                            .timer()
                            .count())
                    .isPositive();
        }
        assertThat(meters.getMeters().stream()
                        .map(Meter::getId)
                        .filter(id -> id.getName().startsWith("spring.batch")))
                .as("nothing for each set, endpoint or item")
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(io.micrometer.core.instrument.Tag::getValue)
                        .noneMatch(value -> value.matches(".*\\d.*") || value.contains("birdstrikes")))
                .extracting(Meter.Id::getName)
                .contains("spring.batch.step", "spring.batch.chunk.write", "spring.batch.job.launch.count")
                .noneMatch(name -> name.startsWith("spring.batch.item"));
    }

    @Test
    void writesDownEveryMove() {
        RunView run = node.score("birdstrikes", Map.of());
        List<HistoryEntry> history = node.part(RunReader.class).history(run.id(), 100);

        assertThat(history)
                .filteredOn(h -> h.scoring() != null)
                .extracting(HistoryEntry::toStep)
                .containsSubsequence("STAGED", "SUBMITTED", "STARTED", "SCORED", "DELIVERED");
        assertThat(history)
                .filteredOn(h -> h.scoring() == null)
                .extracting(HistoryEntry::to)
                .containsExactly(State.NOT_STARTED, State.RUNNING, State.FINISHED);
    }

    private static void isDelivered(RunView run) throws IOException {
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        AttemptView attempt = attempt(run);
        assertThat(attempt.rowsIn()).isEqualTo(ROWS);
        Path delivered = Path.of(attempt.outputs().values().iterator().next().file());
        assertThat(delivered).startsWith(folder.resolve("delivered/birdstrikes/" + run.id()));
        try (Stream<String> lines = Files.lines(delivered)) {
            assertThat(lines.findFirst().orElseThrow()).contains("Wildlife Species_HashingFeature.0");
        }
        try (Stream<Path> around = Files.list(delivered.getParent())) {
            assertThat(around).as("nothing temporary is left").containsExactly(delivered);
        }
    }

    private static AttemptView attempt(RunView run) {
        ScoringView scoring =
                node.part(RunReader.class).scorings(run.id(), 0, 1).getFirst();
        return scoring.attempts().getFirst();
    }
}
