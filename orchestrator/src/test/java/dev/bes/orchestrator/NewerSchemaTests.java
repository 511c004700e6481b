package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node works over the schema of the version after it: while that version migrates the database, and after going back. The next version
 * adds tables, columns with defaults and words, as migrations may.
 */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class NewerSchemaTests {
    private static final String NEXT_VERSION = """
            CREATE TABLE of_the_next_version (run_id bigint PRIMARY KEY REFERENCES run ON DELETE CASCADE);
            DO $$
            DECLARE name text;
            BEGIN
                FOR name IN SELECT tablename FROM pg_tables
                        WHERE schemaname = current_schema() AND tablename !~ '^(flyway|qrtz|batch|spring)_' LOOP
                    EXECUTE format('ALTER TABLE %I ADD COLUMN of_the_next_version text NOT NULL DEFAULT ''x''', name);
                END LOOP;
            END $$;
            ALTER TABLE run DROP CONSTRAINT run_trigger;
            ALTER TABLE dropped_file DROP CONSTRAINT dropped_file_location;
            """;

    private static final List<String> LISTS = List.of("/", "/files", "/api/v1/runs", "/api/v1/files");
    private static final List<String> OTHERS = List.of(
            "/definitions",
            "/schedules",
            "/attention",
            "/explain?definition=greetings",
            "/callbacks",
            "/audit",
            "/pools",
            "/api/v1/audit",
            "/api/v1/fires",
            "/api/v1/backfills",
            "/api/v1/callbacks",
            "/api/v1/nodes");

    @TempDir
    static Path folder;

    private static String said = "";
    private static List<Answer> refused = List.of();
    private static WebNode node;

    @BeforeAll
    static void migrateUnderANodeAndStartAnother(CapturedOutput output) throws IOException {
        String database = TestEnvironment.newDatabase();
        try (WebNode old = WebNode.start(
                folder.resolve("old"), database, Map.of("spring.datasource.hikari.maximum-pool-size", "4"))) {
            // until its connections have prepared what it asks
            work(old);
            work(old);
            migrate(database);
            refused = work(old);
            said = output.toString();
        }
        node = WebNode.start(folder.resolve("new"), database, Map.of());
        long run = node.run("greetings");
        node.await(run, StateJson.FINISHED);
        JdbcClient jdbc = node.part(JdbcClient.class);
        // what the next version has left: an ended run of a kind, and a file in a place, that this one does not know
        jdbc.sql("""
                INSERT INTO run (definition, occurrence, trigger, definition_hash, scorings, state, ended_at)
                SELECT definition, 'later:1', 'later', definition_hash, 0, state, ended_at FROM run WHERE id = ?""").param(run).update();
        jdbc.sql("INSERT INTO dropped_file (id, definition, folder, name, bytes, location, run_id)"
                        + " VALUES (gen_random_uuid(), 'greetings', '/nowhere', 'later.csv', 1, 'later', ?)")
                .param(run)
                .update();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void migrate(String database) throws IOException {
        Path migrations = Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("V9999__next_version.sql"), NEXT_VERSION);
        Flyway.configure()
                .dataSource(database, null, null)
                .locations("classpath:db/migration", "filesystem:" + migrations)
                .load()
                .migrate();
    }

    /** Has runs of requests and of a file end, and reads lists and pages; the answers that were not 200. */
    private static List<Answer> work(WebNode node) throws IOException {
        for (int i = 0; i < 3; i++) {
            node.await(node.run("greetings"), StateJson.FINISHED);
        }
        long hanging = node.run("hanging");
        assertThat(node.caller()
                        .post("/api/v1/runs/" + hanging + "/cancel", "{}")
                        .status())
                .isEqualTo(HttpStatus.ACCEPTED.value());
        node.await(hanging, StateJson.CANCELLED);
        String name = UUID.randomUUID() + ".csv";
        Files.writeString(
                node.part(TriggerSettings.class).dropRoot().resolve("failing").resolve(name), WebNode.csv("a"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.part(JdbcClient.class)
                                .sql("SELECT count(*) FROM dropped_file WHERE name = ? AND location = 'failed'")
                                .param(name)
                                .query(Integer.class)
                                .single()
                        == 1);
        return Stream.concat(LISTS.stream(), OTHERS.stream())
                .flatMap(path -> Stream.of(path, path, path))
                .map(path -> get(node, path))
                .filter(answer -> answer.status() != HttpStatus.OK.value())
                .toList();
    }

    private static Answer get(WebNode node, String path) {
        return node.caller().get(path, "Accept", path.startsWith("/api/") ? "application/json" : "text/html");
    }

    /** A prepared statement whose columns change fails once in each connection. */
    @Test
    void worksOnWhileTheNextVersionMigratesTheDatabase() {
        assertThat(refused).isEmpty();
        assertThat(said).doesNotContain("cached plan must not change result type");
    }

    @Test
    void startsAndWorksOverASchemaThatIsNewerThanItKnows() throws IOException {
        assertThat(work(node)).isEmpty();
    }

    @Test
    void listsWhatTheNextVersionHasLeft() {
        assertThat(LISTS).allSatisfy(path -> assertThat(get(node, path).body()).contains("later"));
    }
}
