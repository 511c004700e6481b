package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claims.Deferral;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With thousands of rows that are over and done with, nothing that a sweep does looks at them all. */
class ClaimPlansTests {
    // one connection: PostgreSQL counts per connection, and tells when it is asked on the same one
    private static final Database DATABASE = Database.withConnections(1);
    private static final String BUSY = "busy";
    private static final long FEW = 150;

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
    void looksOnlyAtTheRowsOfItsOwnEndpoint() {
        NewRun run = aRun().withScorings(10).on("quiet").build();
        node.runs().accept(run);
        List<Claim> held = new ArrayList<>();

        assertThat(read(() -> held.addAll(node.claims().claim(Sweep.LAUNCH, "quiet", 40, 10, LEASE))))
                .as("claim")
                .isLessThan(FEW);
        assertThat(held).hasSize(10);
        assertThat(read(() -> node.claims().renew(held, LEASE))).as("renew").isLessThan(FEW);
        assertThat(read(() -> node.claims()
                        .defer(held.stream()
                                .map(c -> new Deferral(c, Duration.ZERO, "rain"))
                                .toList())))
                .as("defer")
                .isLessThan(FEW);
    }

    @Test
    void looksOnlyAtTheRowsOfItsOwnRun() {
        NewRun run = aRun().withScorings(10).on("ending").build();
        List<Claim> claims = drive.all(Drive.live(Step.STARTED), run);

        assertThat(read(() -> node.moves()
                        .apply(claims.subList(0, 5).stream()
                                .map(c -> Move.failed(c, "it broke", "Failed"))
                                .toList())))
                .as("end some")
                .isLessThan(FEW);
        assertThat(read(() -> node.cancellation().cancel(claims.getFirst().run())))
                .as("cancel")
                .isLessThan(FEW);
    }

    /** How many rows of scorings were looked at. */
    private static long read(Runnable work) {
        long before = read();
        work.run();
        return read() - before;
    }

    private static long read() {
        DATABASE.jdbc()
                .sql("SELECT pg_stat_force_next_flush()")
                .query((row, n) -> true)
                .single();
        return DATABASE.jdbc()
                .sql("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'scoring'")
                .query(Long.class)
                .single();
    }

    @Test
    void noticesALookAtAllRows() {
        assertThat(read(() -> DATABASE.jdbc()
                        .sql("SELECT count(*) FROM scoring WHERE delivery = 'nowhere'")
                        .query(Long.class)
                        .single()))
                .as("the measure itself")
                .isGreaterThan(20_000);
    }
}
