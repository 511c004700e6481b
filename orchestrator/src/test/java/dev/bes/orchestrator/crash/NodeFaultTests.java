package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.crash.Failpoints.Harm;
import dev.bes.testbench.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes fall asleep, run out of memory, are all away, or are killed by what they work on: real processes, all of them. */
@Tag("slow")
class NodeFaultTests {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int OUT_OF_MEMORY = 3;
    private static final int MOST_DEATHS = 4;

    private static final String HOLDS_A_LOCK_AND_WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            + " AND relation = 'qrtz_triggers'::regclass AND pid IN (SELECT pid FROM pg_locks"
            + " WHERE granted AND relation = 'qrtz_locks'::regclass AND mode = 'RowShareLock')";

    @TempDir
    static Path folder;

    private static Installation installation;

    @BeforeAll
    static void settle() {
        installation = Installation.usual(NodeProgram.shared(), folder, "node-faults")
                .definition("many", "feature-hashing", "")
                .definition(
                        "daily",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: midnight\n      cron: \"@daily\"\n      zone: UTC\n")
                .file("definitions/data/daily/day.csv", WorkKind.DAY);
        for (String name : List.of("good", "poison", "other")) {
            installation.file("definitions/data/many/" + name + ".csv", WorkKind.DAY);
        }
    }

    @AfterAll
    static void leave() {
        installation.close();
    }

    @Test
    void goesOnWithoutANodeThatSleepsPastItsLease() {
        long run = finishedWhileOneSleeps("track: after the poll");

        wake();
        new RunVerification(installation, run).isScoredOnce();
    }

    @Test
    void cancelsTheJobOfANodeThatSleptBetweenTheReplyToItsSubmitAndTheBinding() {
        long run = finishedWhileOneSleeps("launch: after the submit");

        wake();
        await().atMost(PATIENCE).untilAsserted(() -> new RunVerification(installation, run).hasCancelledItsOrphan());
        new RunVerification(installation, run).isScoredOnce();
    }

    /** The other one takes over, while the one that sleeps at the point knows nothing of it. */
    private static long finishedWhileOneSleeps(String point) {
        installation.keepUp(2);
        installation.arm(point, Harm.STOP);
        long run = WorkKind.REQUEST.begin(installation);
        long asleep = installation.awaitHarm(point);
        installation.awaitEnd(run);
        assertThat(lastMover(run)).as("the node that ended it").doesNotContain("-" + asleep + "-");
        return run;
    }

    private static String lastMover(long run) {
        return installation
                .jdbc
                .sql("SELECT node FROM history WHERE run_id = ? ORDER BY at DESC LIMIT 1")
                .param(run)
                .query(String.class)
                .single();
    }

    @AfterEach
    void wake() {
        installation.ready().forEach(node -> node.signal(Signal.CONT));
    }

    @Test
    void freesWhatANodeHasLockedThatSleepsInTheMiddleOfATransaction() {
        installation.keepUp(1);
        installation.inTransaction(() -> {
            installation.jdbc.sql("LOCK TABLE qrtz_triggers").update();
            await().atMost(PATIENCE).until(() -> count(HOLDS_A_LOCK_AND_WAITS), waiting -> waiting > 0);
            installation.ready().forEach(node -> node.signal(Signal.STOP));
        });

        assertThat(count("SELECT count(*) FROM (SELECT 1 FROM qrtz_locks FOR UPDATE) free"))
                .isPositive();
    }

    @Test
    void goesOnWithoutANodeThatRanOutOfMemory() {
        installation.keepUp(2);
        installation.arm("launch: after the upload", Harm.EXHAUST);
        CompletableFuture<Long> run = WorkKind.REQUEST.beginBeside(installation);

        assertThat(installation.awaitDeath(run).orElseThrow().exitCode()).isEqualTo(OUT_OF_MEMORY);
        installation.awaitEnd(run.join());
        new RunVerification(installation, run.join()).isScoredOnce();
    }

    @Test
    void takesUpWhatCameWhileNoNodeWasThere() {
        installation.keepUp(1);
        installation.ready().forEach(NodeProcess::close);
        long before = count("SELECT count(*) FROM run WHERE trigger = 'schedule'");
        for (String name : List.of("one.csv", "two.csv")) {
            WorkKind.drop(installation, name, "text\n" + name + "\n");
        }
        installation
                .jdbc
                .sql("UPDATE qrtz_triggers SET start_time = ?, next_fire_time = ? WHERE trigger_name = 'midnight'")
                .params(daysAgo(4), daysAgo(3))
                .update();

        installation.keepUp(1);

        await().atMost(PATIENCE)
                .until(
                        () -> count("SELECT count(*) FROM dropped_file WHERE name IN ('one.csv', 'two.csv')"
                                + " AND location = 'archive'"),
                        files -> files == 2);
        await().atMost(PATIENCE)
                .until(
                        () -> count("SELECT count(*) FROM run WHERE trigger = 'schedule' AND state = 'Finished'"),
                        runs -> runs == before + 1);
        assertThat(count("SELECT count(*) FROM run WHERE trigger = 'schedule'"))
                .as("a schedule that has missed times fires once")
                .isEqualTo(before + 1);
        assertThat(count("SELECT count(*) FROM schedule_fire WHERE schedule = 'midnight' AND outcome = 'missed'"))
                .as("the other times that it has missed")
                .isGreaterThanOrEqualTo(2);
    }

    private static long daysAgo(int days) {
        return Instant.now().minus(days, ChronoUnit.DAYS).toEpochMilli();
    }

    @Test
    void setsTheScoringAsideThatKillsEveryNode() {
        installation.keepUp(1);
        String poison = "launch: before the upload poison.csv";
        installation.arm(poison, Harm.HALT);
        CompletableFuture<Long> run =
                CompletableFuture.supplyAsync(() -> new RetryingCallers(installation).request("many"), WorkKind.BESIDE);
        for (int deaths = 1; deaths <= MOST_DEATHS; deaths++) {
            assertThat(installation
                            .awaitDeath(new CompletableFuture<>())
                            .orElseThrow()
                            .exitCode())
                    .isEqualTo(Failpoints.KILLED);
            installation.start();
        }

        long id = run.join();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scorings(id))
                        .containsExactlyInAnyOrder(
                                "good Finished", "other Finished", "poison NotStarted kills-its-node"));
        installation.disarm(poison);
        new RetryingCallers(installation).resume(id, poisoned(id));
        installation.awaitEnd(id);
        assertThat(scorings(id)).containsExactlyInAnyOrder("good Finished", "other Finished", "poison Finished");
    }

    private static List<String> scorings(long run) {
        return installation
                .jdbc
                .sql("SELECT trim(regexp_replace(inputs -> 'input1' ->> 'name', '.csv', '') || ' ' || state || ' '"
                        + " || coalesce(attention, '')) FROM scoring WHERE run_id = ?")
                .param(run)
                .query(String.class)
                .list();
    }

    private static int poisoned(long run) {
        return installation
                .jdbc
                .sql("SELECT position FROM scoring WHERE run_id = ? AND attention IS NOT NULL")
                .param(run)
                .query(Integer.class)
                .single();
    }

    private static long count(String sql) {
        return installation.jdbc.sql(sql).query(Long.class).single();
    }
}
