package dev.bes.orchestrator.run.command;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RunPurgeTests {
    private static final Duration AGE = Duration.ofDays(90);

    private final JdbcClient jdbc = DatabaseFixture.shared().jdbc();
    private final RunParts node = DatabaseFixture.shared().node("purging");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);
    private final RunPurge purge =
            new RunPurge(jdbc, new Transactions(DatabaseFixture.shared().transactions()));

    private long ended(NewRun run, int daysAgo) {
        long id = scoringSetup.one(Step.DELIVERED, run).run();
        endedAgo(id, daysAgo);
        return id;
    }

    private void endedAgo(long run, int days) {
        jdbc.sql("UPDATE run SET ended_at = now() - ? * interval '1 day' WHERE id = ?")
                .params(days, run)
                .update();
    }

    private void dropped(long run, String place) {
        jdbc.sql(
                        "INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id, location) VALUES (?, 'd', 'f', 'n', 1, ?, ?)")
                .params(UUID.randomUUID(), run, place)
                .update();
    }

    private boolean isThere(long run) {
        return node.reader().find(run).isPresent();
    }

    private long rows(String query, Object value) {
        return jdbc.sql("SELECT count(*) FROM " + query)
                .param(value)
                .query(Long.class)
                .single();
    }

    @Test
    void forgetsARunThatEndedLongAgoWithAllThatBelongsToIt() {
        NewRun run = aRun().build();
        long id = ended(run, 91);
        dropped(id, "archive");
        List<Long> scorings = jdbc.sql("SELECT id FROM scoring WHERE run_id = ?")
                .param(id)
                .query(Long.class)
                .list();
        purge.purge(AGE, 500);

        assertThat(isThere(id)).isFalse();
        assertThat(scorings)
                .hasSize(1)
                .allSatisfy(scoring -> Map.of(
                                "scoring",
                                "id",
                                "attempt",
                                "scoring_id",
                                "submit_intent",
                                "scoring_id",
                                "history",
                                "scoring_id")
                        .forEach((table, column) -> assertThat(rows(table + " WHERE " + column + " = ?", scoring))
                                .as(table)
                                .isZero()));
        assertThat(rows("history WHERE run_id = ?", id)).isZero();
        assertThat(rows("dropped_file WHERE run_id = ?", id)).isZero();
        assertThat(rows("frozen_definition WHERE name = ?", run.definition().name()))
                .as("nobody locks it, so nobody may take it away")
                .isEqualTo(1);
    }

    @Test
    void keepsARunThatEndedAWhileAgo() {
        long id = ended(aRun().build(), 89);
        purge.purge(AGE, 500);

        assertThat(isThere(id)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = "DELIVERED", mode = EnumSource.Mode.EXCLUDE)
    void keepsWhatIsLiveHoweverOldItIs(Step step) {
        Claim claim = scoringSetup.one(step, aRun().build());
        jdbc.sql("UPDATE run SET created_at = now() - interval '1000 days' WHERE id = ?")
                .param(claim.run())
                .update();
        purge.purge(AGE, 500);

        assertThat(isThere(claim.run())).isTrue();
        assertThat(node.position(claim).step()).isEqualTo(step);
    }

    @Test
    void keepsAnEndedRunOneOfWhoseScoringsWaitsForSomebody() {
        Claim claim = scoringSetup.one(Step.STARTED, aRun().build());
        jdbc.sql("""
                UPDATE scoring SET attention = 'forgotten', owner = NULL, due_at = 'infinity', cause = 'it is away'
                WHERE id = ?""").param(claim.scoring()).update();
        jdbc.sql("UPDATE run SET state = 'Failed', cause = 'nonsense', ended_at = now() WHERE id = ?")
                .param(claim.run())
                .update();
        endedAgo(claim.run(), 1000);
        purge.purge(AGE, 500);

        assertThat(isThere(claim.run())).isTrue();
    }

    @Test
    void keepsARunWhoseFileIsStillToBePutAway() {
        long id = ended(aRun().build(), 91);
        dropped(id, "processing");
        purge.purge(AGE, 500);
        assertThat(isThere(id)).isTrue();

        jdbc.sql("UPDATE dropped_file SET location = 'failed' WHERE run_id = ?")
                .param(id)
                .update();
        purge.purge(AGE, 500);
        assertThat(isThere(id)).isFalse();
    }

    @Test
    void takesALargeRunInSeveralBatches() {
        long id = scoringSetup
                .all(ScoringSetup.live(Step.DELIVERED), aRun().withScorings(7).build())
                .getFirst()
                .run();
        endedAgo(id, 91);

        assertThat(purge.purge(AGE, 3)).isZero();
        assertThat(rows("scoring WHERE run_id = ?", id)).isEqualTo(4);
        assertThat(purge.purge(AGE, 3)).isZero();
        assertThat(purge.purge(AGE, 3)).isEqualTo(1);
        assertThat(isThere(id)).isFalse();
    }

    @Test
    void takesSoManyRunsAtATime() {
        for (int i = 0; i < 5; i++) {
            ended(aRun().build(), 91);
        }

        assertThat(purge.purge(AGE, 3)).isEqualTo(3);
        assertThat(purge.purge(AGE, 3)).isEqualTo(2);
        assertThat(purge.purge(AGE, 3)).isZero();
    }

    @Test
    void letsSeveralNodesPurgeAtTheSameTime() {
        for (int i = 0; i < 40; i++) {
            ended(aRun().build(), 91);
        }
        List<Integer> gone = Parallel.all(Collections.nCopies(4, (Callable<Integer>) () -> purge.purge(AGE, 10)));
        int rest = purge.purge(AGE, 40);

        assertThat(gone.stream().mapToInt(i -> i).sum() + rest)
                .as("each run once")
                .isEqualTo(40);
        assertThat(purge.purge(AGE, 40)).isZero();
    }

    @Test
    void takesAKeyForNewWhoseRunIsGone() {
        NewRun run = aRun().build();
        long id = ended(run, 91);
        assertThat(node.runs().accept(run).isNew()).isFalse();
        purge.purge(AGE, 500);

        assertThat(node.runs().accept(run)).satisfies(again -> {
            assertThat(again.isNew()).isTrue();
            assertThat(again.id()).isNotEqualTo(id);
        });
    }

    @Test
    void forgetsNodesThatBeatNoMore() {
        jdbc.sql(
                        "INSERT INTO node (name, last_heartbeat_at, skew_ms) VALUES ('gone', now() - interval '8 days', 0), ('away', now() - interval '6 days', 0)")
                .update();
        purge.purgeNodes(Duration.ofDays(7));

        assertThat(rows("node WHERE name = ?", "gone")).isZero();
        assertThat(rows("node WHERE name = ?", "away")).isEqualTo(1);
    }
}
