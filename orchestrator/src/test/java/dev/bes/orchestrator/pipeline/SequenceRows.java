package dev.bes.orchestrator.pipeline;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the rows say of a sequence at its end. */
public record SequenceRows(
        List<Scoring> scorings, List<Attempt> attempts, List<Entry> history, Set<UUID> intents, List<Run> runs) {

    /** A row of a scoring. */
    public record Scoring(
            long id,
            long run,
            int position,
            String step,
            String state,
            @Nullable String attention,
            int attempt,
            int moves,
            @Nullable String cause) {
        public boolean ended() {
            return List.of("Failed", "Cancelled", "Finished").contains(state);
        }

        public String place() {
            return step + " " + state;
        }
    }

    /** A row of an attempt, with its one output. */
    public record Attempt(
            long scoring,
            int n,
            String state,
            @Nullable String job,
            @Nullable String blob,
            @Nullable String file,
            @Nullable String sha256) {}

    /** A row of history; of a run if it has no scoring. */
    public record Entry(long run, @Nullable Long scoring, int seq, int attempt, String from, String to) {}

    /** A row of a run. */
    public record Run(long id, String state, int moves) {}

    public static SequenceRows of(JdbcClient jdbc, List<Long> runs) {
        Long[] ids = runs.toArray(Long[]::new);
        return new SequenceRows(
                jdbc.sql("SELECT s.*, s.attention AS why FROM scoring s WHERE run_id = ANY(?) ORDER BY id")
                        .param(ids)
                        .query((row, n) -> new Scoring(
                                row.getLong("id"),
                                row.getLong("run_id"),
                                row.getInt("position"),
                                row.getString("step"),
                                row.getString("state"),
                                row.getString("why"),
                                row.getInt("attempt"),
                                row.getInt("moves"),
                                row.getString("cause")))
                        .list(),
                jdbc.sql("""
                        SELECT a.*, o.value ->> 'blob' AS blob, o.value ->> 'file' AS file, o.value ->> 'sha256' AS sha256
                        FROM scoring s JOIN attempt a ON a.scoring_id = s.id LEFT JOIN json_each(a.outputs) o ON true
                        WHERE s.run_id = ANY(?) ORDER BY a.scoring_id, a.number""")
                        .param(ids)
                        .query((row, n) -> new Attempt(
                                row.getLong("scoring_id"),
                                row.getInt("number"),
                                row.getString("state"),
                                row.getString("job_id"),
                                row.getString("blob"),
                                row.getString("file"),
                                row.getString("sha256")))
                        .list(),
                jdbc.sql("SELECT * FROM history WHERE run_id = ANY(?) ORDER BY run_id, scoring_id, seq")
                        .param(ids)
                        .query((row, n) -> new Entry(
                                row.getLong("run_id"),
                                row.getObject("scoring_id", Long.class),
                                row.getInt("seq"),
                                row.getInt("attempt"),
                                place(row.getString("from_step"), row.getString("from_state")),
                                place(row.getString("to_step"), row.getString("to_state"))))
                        .list(),
                Set.copyOf(jdbc.sql(
                                "SELECT nonce FROM submit_intent i JOIN scoring s ON s.id = i.scoring_id WHERE s.run_id = ANY(?)")
                        .param(ids)
                        .query((row, n) -> row.getObject("nonce", UUID.class))
                        .list()),
                jdbc.sql("SELECT * FROM run WHERE id = ANY(?) ORDER BY id")
                        .param(ids)
                        .query((row, n) -> new Run(row.getLong("id"), row.getString("state"), row.getInt("moves")))
                        .list());
    }

    private static String place(@Nullable String step, String state) {
        return step == null ? state : step + " " + state;
    }
}
