package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.text.VisibleText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Dropped files that changed after they were scored. The delivered outputs belong to their earlier content. */
@Component
public class ChangedFiles {
    private static final String ROWS = """
            SELECT run_id, name, path, location = 'scored-again' AS again, moved_at FROM dropped_file
            WHERE location IN ('changed', 'scored-again') AND\s""";

    private final JdbcClient jdbc;

    public ChangedFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file that changed after it was scored.
     *
     * @param run id of the run that scored its earlier content
     * @param name its name in the drop folder
     * @param path its path when the change was found
     * @param scoredAgain whether it became another run
     * @param at when the change was found
     */
    public record ChangedFile(long run, String name, String path, boolean scoredAgain, Instant at) {
        /** Its name with invisible characters made visible. */
        public String shown() {
            return VisibleText.name(name);
        }
    }

    /** The files in {@code changed/} folders, newest first. */
    public List<ChangedFile> since(Instant time, int limit) {
        return jdbc.sql(ROWS + "location = 'changed' AND moved_at > :time ORDER BY moved_at DESC LIMIT :limit")
                .param("time", OffsetDateTime.ofInstant(time, ZoneOffset.UTC))
                .param("limit", limit)
                .query(ChangedFiles::row)
                .list();
    }

    /** The changed files of a run. */
    public List<ChangedFile> of(long run) {
        return jdbc.sql(ROWS + "run_id = :run")
                .param("run", run)
                .query(ChangedFiles::row)
                .list();
    }

    private static ChangedFile row(ResultSet row, int n) throws SQLException {
        return new ChangedFile(
                row.getLong("run_id"),
                row.getString("name"),
                row.getString("path"),
                row.getBoolean("again"),
                row.getObject("moved_at", OffsetDateTime.class).toInstant());
    }
}
