package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node starts and works over the schema of the version after it: while nodes are replaced, and after going back. The next version
 * adds tables, columns with defaults and words, as migrations may.
 */
@Tag("slow")
class NewerSchemaTests {
    private static final String NEXT_VERSION = """
            CREATE TABLE of_the_next_version (run_id bigint PRIMARY KEY REFERENCES run ON DELETE CASCADE);
            DO $$
            DECLARE name text;
            BEGIN
                FOR name IN SELECT tablename FROM pg_tables
                        WHERE schemaname = current_schema() AND tablename NOT LIKE 'flyway%' LOOP
                    EXECUTE format('ALTER TABLE %I ADD COLUMN of_the_next_version text NOT NULL DEFAULT ''x''', name);
                END LOOP;
            END $$;
            ALTER TABLE run DROP CONSTRAINT run_trigger;
            ALTER TABLE dropped_file DROP CONSTRAINT dropped_file_location;
            """;

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() throws IOException {
        String database = TestEnvironment.newDatabase();
        Path migrations = Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(migrations.resolve("V9999__next_version.sql"), NEXT_VERSION);
        Flyway.configure()
                .dataSource(database, null, null)
                .locations("classpath:db/migration", "filesystem:" + migrations)
                .load()
                .migrate();
        node = WebNode.start(folder, database, Map.of());
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

    @Test
    void endsRunsOfRequestsAndOfFiles() throws IOException {
        node.await(node.run("greetings"), StateJson.FINISHED);
        long hanging = node.run("hanging");
        assertThat(node.caller().post("/api/v1/runs/" + hanging + "/cancel", "{}").status())
                .isEqualTo(202);
        node.await(hanging, StateJson.CANCELLED);
        Files.writeString(folder.resolve("inbox/failing/a.csv"), WebNode.csv("a"));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.caller()
                        .get("/api/v1/runs?definition=failing&state=Failed")
                        .body()
                        .contains("\"trigger\":\"files\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/files", "/api/v1/runs", "/api/v1/files"})
    void listsWhatTheNextVersionHasLeft(String path) {
        assertThat(page(path)).contains("later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/definitions", "/schedules", "/attention", "/explain?definition=greetings", "/api/v1/nodes"})
    void showsItsOwnBesideIt(String path) {
        assertThat(page(path)).isNotEmpty();
    }

    private static String page(String path) {
        Answer answer = node.caller().get(path, "Accept", path.startsWith("/api/") ? "application/json" : "text/html");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
