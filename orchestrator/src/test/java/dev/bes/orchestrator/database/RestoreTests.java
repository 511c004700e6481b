package dev.bes.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that is restored from a backup, while folders, blobs and remote jobs are as new as they were. */
@Tag("slow")
class RestoreTests {
    /** One job of the service that hangs at a time: the next scoring waits. */
    private static final Map<String, String> ONE_PLACE =
            Map.of("orchestrator.endpoints.hangs.max-concurrent-jobs", "1");

    @TempDir
    Path folder;

    private WebNode node(String database) {
        return WebNode.start(folder, database, ONE_PLACE);
    }

    private static long letters(WebNode node, String text) {
        ByteArrayResource file = new ByteArrayResource(WebNode.csv(text).getBytes(StandardCharsets.UTF_8));
        long run = node.client()
                .request(new NewRunJson("letters", Map.of("column", "text")), Map.of("input1", file), null)
                .id();
        node.await(run, StateJson.FINISHED);
        return run;
    }

    private static ScoringJson scoring(RunDetailJson run) {
        return run.scorings().getFirst();
    }

    private static String job(WebNode node, long run) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> node.part(JdbcClient.class)
                                .sql("SELECT coalesce(max(a.job_id), '') FROM attempt a"
                                        + " JOIN scoring s ON s.id = a.scoring_id WHERE s.run_id = :run")
                                .param("run", run)
                                .query(String.class)
                                .single(),
                        id -> !id.isEmpty());
    }

    private Path delivered(String definition, long run) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("delivered").resolve(definition + "/" + run))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void goesOnWithUnfinishedRunsAndReplacesNothingThatIsNewer() throws IOException {
        String database = TestEnvironment.newDatabase();
        long known;
        long started;
        long waiting;
        try (WebNode node = node(database)) {
            known = letters(node, "known");
            started = node.run("hanging");
            node.await(started, StateJson.RUNNING);
            waiting = node.run("hanging");
        }
        String backup = TestEnvironment.copyOf(database);
        String firstJob;
        String secondJob;
        long lost;
        String lostOutput;
        try (WebNode node = node(database)) {
            firstJob = job(node, started);
            node.api().cancel(started);
            node.await(started, StateJson.CANCELLED);
            secondJob = job(node, waiting);
            lost = letters(node, "lost");
            lostOutput = Files.readString(delivered("letters", lost));
        }

        try (WebNode node = node(backup)) {
            RunDetailJson ended = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> node.api().run(started),
                            run -> run.run().state().ended());
            assertThat(scoring(ended).attempts()).as("asked for by its id").hasSize(1);
            assertThat(job(node, started)).isEqualTo(firstJob);
            assertThat(job(node, waiting))
                    .as("what the backup knows as not submitted is submitted again")
                    .isNotEqualTo(secondJob);
            assertThat(node.api().run(known).run().state()).isEqualTo(StateJson.FINISHED);

            long again = letters(node, "other");
            assertThat(again).as("numbers of lost runs are given out again").isEqualTo(lost);
            try (Stream<Path> files = Files.list(delivered("letters", lost).getParent())) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("the lost output stays, and the new one gets a number")
                        .hasSize(2)
                        .anyMatch(name -> name.contains("-2"));
            }
            assertThat(Files.readString(delivered("letters", lost).resolveSibling(firstName(lost))))
                    .isEqualTo(lostOutput);
            node.api().cancel(waiting);
        }
    }

    private String firstName(long run) throws IOException {
        try (Stream<Path> files = Files.list(delivered("letters", run).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.contains("-2"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
