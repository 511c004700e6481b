package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.RowPart;
import java.util.List;
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

    private final JdbcClient jdbc;

    public RowProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Saves the progress if the claim still holds and its run is not being cancelled.
     *
     * @param rows rows that are scored, for people
     * @param parts all parts so far; later claims know them
     * @return false if the claim does not hold any more, so that work on it ends
     */
    public boolean save(Claim claim, long rows, List<RowPart> parts) {
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
