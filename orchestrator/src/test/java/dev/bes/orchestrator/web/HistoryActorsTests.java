package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Addition;
import dev.bes.orchestrator.run.query.JournalFollower;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who caused what, from each of the five origins to the row, the API and the page. */
@Tag("slow")
class HistoryActorsTests {
    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        String schedule = "triggers: { schedules: [{ name: tick, cron: \"* * * * * ?\", zone: UTC }] }\n";
        new JobFolder(folder)
                .definition("ticking", "feature-hashing", schedule)
                .definition("dropped", "feature-hashing", "triggers: { files: [{ folder: sales/in, settle: 1s }] }\n")
                .write("definitions/data/ticking/a.csv", WebNode.csv("good"))
                .write("definitions/data/later.csv", WebNode.csv("good", "day"));
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String self() {
        return "node:" + node.part(Node.class).name();
    }

    private static long firstRunOf(String definition) {
        RunReader reader = node.part(RunReader.class);
        return await().until(() -> reader.list(RunFilter.ALL.of(definition), 1), runs -> !runs.isEmpty())
                .getFirst()
                .id();
    }

    private static List<String> actors(long run) {
        return node.caller()
                .get("/api/v1/runs/" + run)
                .json()
                .get("history")
                .valueStream()
                .map(entry -> entry.get("actor").asString())
                .toList();
    }

    /** The first entry is of whoever asked for the run, all others are the node's own. */
    private static void isAskedForBy(String actor, long run) {
        node.await(run, StateJson.FINISHED);
        assertThat(actors(run))
                .startsWith(actor)
                .containsOnlyOnce(actor)
                .containsOnly(actor, self())
                .hasSizeGreaterThan(6);
        assertThat(node.caller().get("/runs/" + run).body()).contains(">" + actor + "</td>", ">" + self() + "</td>");
    }

    @Test
    void namesTheScheduleThatFired() {
        isAskedForBy("schedule:tick", firstRunOf("ticking"));
    }

    @Test
    void namesTheFolderInWhichAFileArrived() {
        new JobFolder(folder).write("inbox/sales/in/a.csv", WebNode.csv("good"));

        isAskedForBy("file:sales/in", firstRunOf("dropped"));
    }

    @Test
    void namesTheSenderOfARequest() {
        isAskedForBy("request:anonymous", node.run("greetings"));
    }

    @Test
    void namesTheSenderOfARequestThatCouldNotBecomeAJob() {
        long run = node.part(RunAcceptance.class)
                .reject(
                        NewRun.requested(
                                node.part(Definitions.class).find("greetings").orElseThrow(),
                                "request:rejected",
                                null,
                                Map.of(),
                                List.of(),
                                Actor.request("ada"),
                                Map.of()),
                        "no file")
                .id();

        assertThat(actors(run)).containsExactly("request:ada", self());
    }

    @Test
    void namesTheUserWhoDecided() {
        long run = node.run("hanging");
        node.await(run, StateJson.RUNNING);
        node.part(JdbcClient.class)
                .sql("UPDATE scoring SET attention = 'forgotten', cause = 'nobody knows it', owner = NULL,"
                        + " due_at = 'infinity', epoch = epoch + 1 WHERE run_id = ?")
                .param(run)
                .update();

        node.caller().post("/runs/" + run + "/scorings/1/resume", new Form(""));
        assertThat(actors(run)).endsWith("user:anonymous").containsOnlyOnce("user:anonymous");
        node.caller().post("/api/v1/runs/" + run + "/cancel", "");
        node.await(run, StateJson.CANCELLED);

        assertThat(actors(run).stream().filter("user:anonymous"::equals)).hasSize(2);
        assertThat(actors(run)).as("the far side said so, and the node saw it").endsWith(self());
    }

    @Test
    void takesAScoringIntoARunThatWasAcceptedBefore() {
        long run = node.run("greetings");
        Addition later = new Addition(
                "feature-hashing",
                Map.of(
                        "input1",
                        new InputFile(
                                folder.resolve("definitions/data/later.csv").toString(), "later.csv")),
                Map.of("Target column", "text", "Hashing bitsize", "3"),
                "greetings/" + run);
        assertThat(node.part(RunAcceptance.class).add(run, later, Actor.user("ada")))
                .hasValue(2);

        RunDetailJson ended = node.await(run, StateJson.FINISHED);
        assertThat(ended.run().scoringCount()).isEqualTo(2);
        assertThat(ended.run().endedCount()).isEqualTo(2);
        assertThat(ended.scorings()).extracting(ScoringJson::state).containsOnly(StateJson.FINISHED);
        assertThat(ended.scorings()).hasSize(2);
        assertThat(actors(run)).contains("user:ada");
        assertThat(node.caller().get("/runs/" + run).body()).contains("scoring 2 was added", "later.csv");
    }

    @Test
    void isFollowedByTheNumbersOfItsEntries() {
        long run = node.run("greetings");
        node.await(run, StateJson.FINISHED);
        JournalFollower follower = new JournalFollower(node.part(JdbcClient.class), 0);
        List<Long> followed = new ArrayList<>();
        long last = node.part(RunReader.class).history(run, 100).getLast().id();

        await().until(() -> {
            follower.next(100).stream()
                    .filter(entry -> entry.run() == run)
                    .forEach(entry -> followed.add(entry.move().id()));
            return follower.position() >= last;
        });

        assertThat(followed).isSorted().doesNotHaveDuplicates();
        assertThat(node.caller()
                        .get("/api/v1/runs/" + run)
                        .json()
                        .get("history")
                        .valueStream()
                        .map(entry -> entry.get("id").asLong())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(followed);
    }
}
