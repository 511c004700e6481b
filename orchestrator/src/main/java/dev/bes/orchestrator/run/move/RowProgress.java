package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps how far an attempt has come whose rows are scored in batches, so that any node can go on. */
@Component
public class RowProgress {
    private static final String SAVE = """
            UPDATE attempt a SET rows_scored = :rows, parts = :parts::json
            FROM scoring s
            WHERE s.id = :scoring AND s.epoch = :epoch AND s.ended_at IS NULL AND s.stop_reason IS NULL
              AND a.scoring_id = s.id AND a.number = :attempt""";

    private static final String BEGIN = """
            WITH before AS (
                SELECT a.scoring_id, a.number, a.rows_scored, a.parts FROM scoring s JOIN attempt a ON a.scoring_id = s.id
                WHERE s.id = :scoring AND s.epoch = :epoch AND s.ended_at IS NULL AND s.stop_reason IS NULL AND a.number = :attempt
                FOR NO KEY UPDATE OF a)
            UPDATE attempt a SET rows_scored = coalesce(a.rows_scored, 0) FROM before
            WHERE a.scoring_id = before.scoring_id AND a.number = before.number
            RETURNING before.rows_scored IS NOT NULL AS begun, before.parts""";

    private final JdbcClient jdbc;

    public RowProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A part of the outputs that is in the blob store.
     *
     * @param from first byte of its rows in the input
     * @param to byte after the last one
     * @param rows how many rows
     */
    public record Part(long from, long to, long rows) {}

    /**
     * How far an attempt has come.
     *
     * @param begun whether a batch may have been sent before
     * @param parts the parts so far, in the order of the rows
     */
    public record Progress(boolean begun, List<Part> parts) {}

    /** Begins or continues an attempt; empty if the claim does not hold any more, or its run is being cancelled. */
    public Optional<Progress> begin(Claim claim) {
        return jdbc.sql(BEGIN)
                .param("scoring", claim.scoring())
                .param("epoch", claim.epoch())
                .param("attempt", claim.attempt())
                .query((row, n) -> new Progress(row.getBoolean("begun"), JsonRows.list(row, "parts", Part.class)))
                .optional();
    }

    /**
     * Saves the progress if the claim still holds and its run is not being cancelled.
     *
     * @param rows rows that are scored, for people
     * @param parts all parts so far
     * @return false if the claim does not hold any more, so that work on it ends
     */
    public boolean save(Claim claim, long rows, List<Part> parts) {
        return jdbc.sql(SAVE)
                        .param("rows", rows)
                        .param("parts", JsonRows.column(parts))
                        .param("scoring", claim.scoring())
                        .param("epoch", claim.epoch())
                        .param("attempt", claim.attempt())
                        .update()
                == 1;
    }
}
