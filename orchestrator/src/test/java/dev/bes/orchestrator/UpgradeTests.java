package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What a released version left in its database, the service of today takes over: {@code upgrade/V004.sql} is what
 * {@code ReleaseDump} wrote at the release whose schema is V004.
 */
@Tag("slow")
class UpgradeTests {
    private static final Path DUMPS = Path.of("src/test/resources/upgrade");

    private final String url = TestEnvironment.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url));

    @TempDir
    private Path folder;

    static Stream<String> releases() throws IOException {
        try (Stream<Path> dumps = Files.list(DUMPS)) {
            return dumps.map(dump -> dump.getFileName().toString().replace(".sql", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void takesOverWhatAnOlderVersionLeft(String release) throws IOException {
        load(release);
        migrateStepByStep();
        putBlobs(release.toLowerCase(Locale.ROOT));
        List<String> ended = endedRows();
        OrchestratorNode node = start(release.toLowerCase(Locale.ROOT));
        try {
            await().atMost(Duration.ofMinutes(2)).until(this::live, live -> live.isEmpty());
            assertThat(standing())
                    .isNotEmpty()
                    .allSatisfy((run, place) -> assertThat(place).as(run).isEqualTo(expected(run)));
            assertThat(endedRows()).as("what had ended stays as it was").containsAll(ended);
            firesAsBefore();
            goesOnBesideTheLeftoversOfSpringBatch();
        } finally {
            node.close();
        }
    }

    private void load(String release) throws IOException {
        flyway(release.substring(1)).migrate();
        String dump = Files.readString(DUMPS.resolve(release + ".sql"))
                .replace("@FOLDER@", folder.resolve("definitions").toString());
        // as pg_restore does it; the driver does not send a text that holds no parameters in pieces
        jdbc.sql("DO $upgrade$ BEGIN " + dump.replace("SELECT setval", "PERFORM setval") + " END $upgrade$")
                .update();
    }

    private Flyway flyway(String target) {
        return Flyway.configure().dataSource(url, null, null).target(target).load();
    }

    private void migrateStepByStep() {
        for (MigrationInfo pending : flyway("latest").info().pending()) {
            MigrationVersion version = pending.getVersion();
            flyway(version.getVersion()).migrate();
            assertThat(flyway(version.getVersion()).validateWithResult().validationSuccessful)
                    .as("V" + version)
                    .isTrue();
        }
    }

    /** What the far side keeps of the release: the inputs that were staged, the outputs that were to be fetched. */
    private void putBlobs(String container) {
        BlobContainerClient blobs = new BlobContainerClientBuilder()
                .connectionString(TestEnvironment.sandbox().blobConnectionString())
                .containerName(container)
                .buildClient();
        blobs.createIfNotExists();
        blobs.getBlobClient("in/a.csv").upload(BinaryData.fromString("text\ngood\n"), true);
        jdbc.sql("""
                SELECT 'out/' || s.run_id || '/' || s.position || '-' || a.number || '/' || a.nonce || '/output1.csv'
                FROM scoring s JOIN attempt a ON a.scoring_id = s.id AND a.number = s.attempt WHERE s.step = 'SCORED'""")
                .query(String.class)
                .list()
                .forEach(blob -> blobs.getBlobClient(blob).upload(BinaryData.fromString("hash\n1\n"), true));
    }

    private OrchestratorNode start(String container) {
        new JobFolder(folder)
                .definition(
                        "ticking",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: tick\n      cron: \"* * * * * ?\"\n      zone: UTC\n")
                .write("definitions/data/ticking/a.csv", "text\ngood\n")
                .write("definitions/a.csv", "text\ngood\n");
        return OrchestratorNode.start(
                folder,
                url,
                Map.of(
                        "orchestrator.blobs.container", container,
                        "orchestrator.retention.runs", "36500d",
                        "orchestrator.pipeline.poll-min", "20ms",
                        "orchestrator.pipeline.poll-max", "100ms"));
    }

    /** What neither ended nor waits for somebody. */
    private List<String> live() {
        return jdbc.sql("""
                SELECT r.definition || ' ' || step || ' ' || s.state FROM scoring s JOIN run r ON r.id = s.run_id
                WHERE r.definition <> 'ticking' AND s.ended_at IS NULL AND attention IS NULL""").query(String.class).list();
    }

    private Map<String, String> standing() {
        Map<String, String> standing = new TreeMap<>();
        jdbc.sql("""
                SELECT r.definition, coalesce(attention, s.state) AS place FROM scoring s JOIN run r ON r.id = s.run_id
                WHERE r.definition <> 'ticking'""").query(row -> {
            standing.put(row.getString("definition"), row.getString("place"));
        });
        return standing;
    }

    /** By what the dump calls its runs: STEP-State-that-is-something. */
    private static String expected(String run) {
        List<String> words = Arrays.asList(run.split("-"));
        String state = words.get(1);
        if (List.of("Failed", "Cancelled", "Finished").contains(state)) {
            return state;
        }
        if (words.contains("stopped")) {
            return words.contains("cancel") ? "Cancelled" : "Failed";
        }
        // nobody but the far side can tell what became of a job that was perhaps started, and this one has never heard
        // of it
        return List.of("SUBMITTED", "STARTED").contains(words.getFirst()) ? "forgotten" : "Finished";
    }

    private List<String> endedRows() {
        return jdbc.sql("""
                SELECT to_jsonb(r)::text || to_jsonb(s) || coalesce(to_jsonb(a)::text, '')
                    || (SELECT jsonb_agg(h ORDER BY h.seq) FROM history h WHERE h.scoring_id = s.id)
                FROM run r JOIN scoring s ON s.run_id = r.id LEFT JOIN attempt a ON a.scoring_id = s.id
                WHERE s.ended_at IS NOT NULL""").query(String.class).list();
    }

    private void firesAsBefore() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("SELECT count(*) FROM run WHERE definition = 'ticking'")
                                .query(Long.class)
                                .single()
                        > 0);
    }

    private void goesOnBesideTheLeftoversOfSpringBatch() {
        assertThat(jdbc.sql("SELECT DISTINCT status FROM batch_job_execution WHERE end_time IS NOT NULL")
                        .query(String.class)
                        .list())
                .containsExactly("COMPLETED");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("SELECT count(*) FROM batch_job_instance WHERE job_instance_id <= 3")
                                .query(Long.class)
                                .single()
                        == 0);
    }
}
