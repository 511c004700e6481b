package dev.bes.testbench.checker.evidence;

import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.Snapshot.Firing;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.Snapshot.Trigger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the service's database in one transaction, as of one moment. */
public final class SnapshotReader {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Connection connection;

    private SnapshotReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads the tables that the invariants refer to.
     *
     * @throws SQLException when the database does not answer, or lacks these tables
     */
    public static Snapshot snapshot(DataSource database) throws SQLException {
        return reading(database, SnapshotReader::snapshot);
    }

    /**
     * Reads every row of every table as text, one text per table, for the search for secrets.
     *
     * @throws SQLException when the database does not answer
     */
    public static List<SearchedText> texts(DataSource database) throws SQLException {
        return reading(database, SnapshotReader::texts);
    }

    private interface Reading<T> {
        T by(SnapshotReader reader) throws SQLException;
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> T reading(DataSource database, Reading<T> what) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return what.by(new SnapshotReader(connection));
            } finally {
                connection.rollback();
            }
        }
    }

    private Snapshot snapshot() throws SQLException {
        return new Snapshot(
                rows("SELECT clock_timestamp() AS now", row -> time(row, "now")).getFirst(),
                runs(),
                scorings(),
                attempts(),
                rows(
                        "SELECT * FROM submit_intent",
                        row -> new Intent(
                                row.getObject("nonce", UUID.class), row.getLong("scoring_id"), row.getInt("attempt"))),
                moves(),
                rows(
                        "SELECT *, coalesce(run_id, scored_by, 0) AS run FROM dropped_file"
                                + " WHERE run_id IS NOT NULL OR scored_by IS NOT NULL OR location = 'duplicate'",
                        row -> new DroppedFile(
                                row.getObject("id", UUID.class),
                                row.getString("folder"),
                                row.getString("name"),
                                row.getLong("run"),
                                row.getString("location"))),
                rows(
                        "SELECT event::text, run_id, definition, state FROM callback",
                        row -> new Snapshot.Callback(
                                row.getString("event"),
                                row.getLong("run_id"),
                                row.getString("definition"),
                                row.getString("state"))),
                shadows(),
                batch(),
                quartz());
    }

    private List<Run> runs() throws SQLException {
        return rows(
                """
                SELECT r.*, (f.content -> 'attempts' ->> 'max')::int AS attempts
                FROM run r JOIN frozen_definition f ON f.hash = r.definition_hash ORDER BY r.id""",
                row -> new Run(
                        row.getLong("id"),
                        row.getString("definition"),
                        row.getString("occurrence"),
                        row.getString("trigger"),
                        timeOrNull(row, "fire_time"),
                        row.getString("state"),
                        row.getString("cause"),
                        row.getInt("attempts"),
                        row.getInt("moves"),
                        time(row, "created_at"),
                        timeOrNull(row, "cancel_requested_at"),
                        timeOrNull(row, "ended_at")));
    }

    private List<Scoring> scorings() throws SQLException {
        return rows(
                "SELECT * FROM scoring ORDER BY id",
                row -> new Scoring(
                        row.getLong("id"),
                        row.getLong("run_id"),
                        row.getInt("position"),
                        row.getString("step"),
                        row.getString("state"),
                        row.getInt("attempt"),
                        row.getInt("moves"),
                        row.getString("cause"),
                        row.getString("attention"),
                        row.getInt("unreadable_inputs")));
    }

    private List<Attempt> attempts() throws SQLException {
        return rows(
                "SELECT * FROM attempt ORDER BY scoring_id, number",
                row -> new Attempt(
                        row.getLong("scoring_id"),
                        row.getInt("number"),
                        row.getString("state"),
                        row.getObject("nonce", UUID.class),
                        row.getString("job_id"),
                        timeOrNull(row, "submitted_at"),
                        outputs(row.getString("outputs")),
                        row.getString("endpoint"),
                        row.getObject("carrier_id", Long.class),
                        row.getObject("carrier_attempt", Integer.class)));
    }

    private static Map<String, Output> outputs(@Nullable String text) {
        return text == null ? Map.of() : json.readValue(text, new TypeReference<TreeMap<String, Output>>() {});
    }

    /** The time of a move is its commit timestamp if the server keeps it, otherwise the time in the row. */
    private List<Move> moves() throws SQLException {
        return rows(
                """
                SELECT h.*, concat_ws(' ', from_step, from_state) AS origin, concat_ws(' ', to_step, to_state) AS target,
                       coalesce(CASE WHEN current_setting('track_commit_timestamp') = 'on'
                                     THEN pg_xact_commit_timestamp(xmin) END, at) AS committed
                FROM history h ORDER BY run_id, scoring_id, seq""",
                row -> new Move(
                        row.getLong("run_id"),
                        row.getObject("scoring_id", Long.class),
                        row.getInt("seq"),
                        row.getObject("attempt", Integer.class),
                        row.getString("origin"),
                        row.getString("target"),
                        time(row, "committed"),
                        row.getString("cause")));
    }

    private Snapshot.Shadows shadows() throws SQLException {
        return new Snapshot.Shadows(
                rows("""
                        SELECT s.id FROM scoring s JOIN run r ON r.id = s.run_id
                        JOIN frozen_definition f ON f.hash = r.definition_hash
                        WHERE s.state = 'Finished' AND r.trigger NOT IN ('shadow', 'fold')
                          AND (f.content -> 'shadow' ->> 'share')::float8 = 100""", row -> row.getLong("id")),
                rows(
                        """
                        SELECT c.scoring_id, c.shadow_run, c.verdict, s.delivery FROM shadow_comparison c
                        LEFT JOIN scoring s ON s.run_id = c.shadow_run""",
                        row -> new Snapshot.Comparison(
                                row.getLong("scoring_id"),
                                row.getObject("shadow_run", Long.class),
                                row.getString("verdict"),
                                row.getString("delivery"))));
    }

    private Snapshot.Batch batch() throws SQLException {
        Map<Long, String> open = new TreeMap<>();
        Map<Long, String> failed = new TreeMap<>();
        rows("SELECT job_execution_id, status, end_time FROM batch_job_execution WHERE status <> 'COMPLETED'", row -> {
            (row.getObject("end_time") == null ? open : failed)
                    .put(row.getLong("job_execution_id"), row.getString("status"));
            return row;
        });
        return new Snapshot.Batch(rows("""
                        SELECT job_instance_id FROM batch_job_instance i WHERE NOT EXISTS (
                            SELECT FROM batch_job_execution e WHERE e.job_instance_id = i.job_instance_id)""", row -> row.getLong(1)), open, failed);
    }

    private Snapshot.Quartz quartz() throws SQLException {
        return new Snapshot.Quartz(
                rows(
                        "SELECT * FROM qrtz_triggers",
                        row -> new Trigger(
                                row.getString("trigger_group") + "." + row.getString("trigger_name"),
                                row.getString("trigger_state"),
                                row.getLong("next_fire_time") <= 0
                                        ? null
                                        : Instant.ofEpochMilli(row.getLong("next_fire_time")))),
                rows(
                        "SELECT * FROM qrtz_fired_triggers",
                        row -> new Firing(
                                row.getString("trigger_group") + "." + row.getString("trigger_name"),
                                row.getString("instance_name"),
                                row.getString("state"),
                                Instant.ofEpochMilli(row.getLong("fired_time")))));
    }

    private List<SearchedText> texts() throws SQLException {
        List<SearchedText> texts = new ArrayList<>();
        for (String table :
                rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()", row -> row.getString(1))) {
            List<String> rows = rows("SELECT t::text FROM \"" + table + "\" t", row -> row.getString(1));
            texts.add(new SearchedText("table " + table, String.join("\n", rows)));
        }
        return texts;
    }

    private <T> List<T> rows(String sql, Row<T> mapper) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(mapper.of(row));
            }
        }
        return rows;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
