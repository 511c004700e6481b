package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claims.Deferral;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With thousands of rows that are over and done with, nothing that a sweep does looks at them all. */
class ClaimPlansTests {
    // one connection: PostgreSQL counts per connection, and tells when it is asked on the same one
    private static final Database DATABASE = Database.withConnections(1);
    private static final String BUSY = "busy";

    private final RunParts node = DATABASE.node("a");
    private final Drive drive = new Drive(node);

    @BeforeAll
    static void fill() {
        new Drive(DATABASE.node("a")).one(Step.DELIVERED, aRun().build());
        DATABASE.jdbc().sql("""
                WITH old AS (
                    INSERT INTO run (definition, occurrence, trigger, frozen, scorings, state, ended_at)
                    SELECT definition, occurrence || '-' || n, trigger, frozen, 10, state, ended_at
                    FROM run, generate_series(1, 2000) n RETURNING id)
                INSERT INTO scoring (run_id, position, endpoint, inputs, parameters, delivery, step, state, ended_at, due_at)
                SELECT old.id, n, endpoint, inputs, parameters, delivery, step, state, ended_at, due_at
                FROM scoring, old, generate_series(1, 10) n""").update();
        DATABASE.node("a").runs().accept(aRun().on(BUSY).withScorings(1000).build());
        DATABASE.jdbc().sql("ANALYZE").update();
    }

    @Test
    void findsItsWayByIndexes() {
        NewRun run = aRun().withScorings(10).on("quiet").build();
        List<Claim> claims = drive.all(Drive.live(Step.STARTED), run);
        List<Claim> half = claims.subList(0, 5);

        assertThat(scans(() -> {
                    List<Claim> busy = node.claims().claim(Sweep.LAUNCH, BUSY, 40, 10, LEASE);
                    assertThat(busy).hasSize(10);
                    node.claims().renew(busy, LEASE);
                    node.claims()
                            .defer(busy.stream()
                                    .map(c -> new Deferral(c, Duration.ZERO, "rain"))
                                    .toList());
                }))
                .as("claim, renew, defer")
                .isEqualTo(Map.of("scoring", 0L));
        assertThat(scans(() -> node.moves()
                        .apply(half.stream()
                                .map(c -> Move.running(c, LEASE, "Running"))
                                .toList())))
                .as("move")
                .isEqualTo(Map.of("scoring", 0L));
        assertThat(scans(() -> node.moves()
                        .apply(claims.subList(5, 10).stream()
                                .map(c -> Move.failed(c, "it broke", "Failed"))
                                .toList())))
                .as("end")
                .isEqualTo(Map.of("scoring", 0L));
        assertThat(scans(() -> node.cancellation().cancel(claims.getFirst().run())))
                .as("cancel")
                .isEqualTo(Map.of("scoring", 0L));
    }

    private Map<String, Long> scans(Runnable work) {
        long before = scans();
        work.run();
        return Map.of("scoring", scans() - before);
    }

    private long scans() {
        DATABASE.jdbc()
                .sql("SELECT pg_stat_force_next_flush()")
                .query((row, n) -> true)
                .single();
        return DATABASE.jdbc()
                .sql("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'scoring'")
                .query(Long.class)
                .single();
    }

    @Test
    void noticesAScanOfAllRows() {
        assertThat(scans(() -> DATABASE.jdbc()
                        .sql("SELECT count(*) FROM scoring WHERE delivery = 'nowhere'")
                        .query(Long.class)
                        .single()))
                .as("the measure itself")
                .isEqualTo(Map.of("scoring", 1L));
    }
}
