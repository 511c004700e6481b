package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/**
 * The database of the nodes. They log in with a password, so that the checker can search for it where it must not appear; the
 * test bench itself logs in without.
 */
public record ChaosDatabase(PostgresServer server) implements AutoCloseable {

    public static final String NAME = "orchestrator";
    static final String USER = "orchestrator";
    static final String PASSWORD = "canary-of-the-database-7f3a9c51";

    /** Durable as in production; commit timestamps are for the checker. */
    private static final Map<String, String> SETTINGS = Map.of(
            "track_commit_timestamp", "on",
            "max_wal_size", "64MB",
            "min_wal_size", "32MB",
            "log_line_prefix", "%m [%p] %u ");

    /** Starts a server with an empty database in a new folder. */
    static ChaosDatabase start(ChaosFolder folder, SmallDisk disk) {
        PostgresServer server = PostgresServer.start(disk.folder().resolve("data"), folder.databaseLog(), SETTINGS);
        ChaosDatabase database = new ChaosDatabase(server);
        try {
            server.requirePassword(USER);
            database.execute("postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, PASSWORD));
            database.execute("postgres", "CREATE DATABASE %s OWNER %s".formatted(NAME, USER));
            return database;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw new ChaosFailure("The database could not be created: " + e.getMessage(), e);
        }
    }

    /** Ends up to so many sessions of the nodes. */
    public void terminateSessions(int most, int salt) throws SQLException {
        String sql = """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE usename = ? ORDER BY md5(pid::text || ?::text) LIMIT ?""";
        try (Connection connection = server.connect(NAME);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, USER);
            statement.setInt(2, salt);
            statement.setInt(3, most);
            statement.execute();
        }
    }

    /** Locks a table exclusively until the connection is closed. */
    @SuppressWarnings("MustBeClosedChecker")
    public Connection lock(String table) throws SQLException {
        Connection connection = server.connect(NAME);
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET lock_timeout = '3s'");
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the server read-only, or writable again, for new transactions. */
    public void setReadOnly(boolean readOnly) throws SQLException {
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + (readOnly ? "on" : "off"));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /**
     * How many there are.
     *
     * @param all all runs
     * @param live runs that have neither ended nor need attention, and those that are still to be started: by requests by SQL, and
     *     by backfills
     * @param pendingFires schedules that fire now or are overdue
     * @param filesInProcessing dropped files in {@code .processing} whose run needs attention
     * @param pendingCallbacks callbacks that are not delivered
     * @param staying files that stay in their drop folder, and blobs that stay where they arrived, whose runs have ended or need
     *     attention
     */
    public record RunCounts(
            int all, int live, int pendingFires, int filesInProcessing, int pendingCallbacks, int staying) {}

    /** Counts the runs, now. */
    public RunCounts runCounts() throws SQLException {
        String sql = """
                SELECT count(*), count(*) FILTER (WHERE ended_at IS NULL AND NOT EXISTS (
                    SELECT FROM scoring s WHERE s.run_id = run.id AND s.attention IS NOT NULL))
                    + (SELECT count(*) FROM run_request WHERE state = 'waiting')
                    + (SELECT count(*) FROM backfill_item WHERE outcome IN ('waiting', 'starting')),
                    (SELECT count(*) FROM qrtz_fired_triggers) + (SELECT count(*) FROM qrtz_triggers
                        WHERE next_fire_time < extract(epoch FROM clock_timestamp()) * 1000),
                    (SELECT count(*) FROM dropped_file d WHERE d.location = 'processing' AND d.store IS NULL AND EXISTS (
                        SELECT FROM scoring s WHERE s.run_id = d.run_id AND s.attention IS NOT NULL)),
                    (SELECT count(*) FROM callback WHERE state = 'waiting'),
                    (SELECT count(*) FROM dropped_file d WHERE d.version IS NOT NULL AND (d.scored_by IS NOT NULL
                        OR d.location = 'processing' AND EXISTS (
                            SELECT FROM scoring s WHERE s.run_id = d.run_id AND s.attention IS NOT NULL)))
                FROM run""";
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new RunCounts(
                    row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6));
        }
    }

    /** When Quartz got the schedule of a definition: earlier fire times need no run. */
    public Instant scheduledSince(String definition) throws SQLException {
        try (Connection connection = server.connect(NAME);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT start_time FROM qrtz_triggers WHERE trigger_group = ?")) {
            statement.setString(1, definition);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Instant.ofEpochMilli(row.getLong(1));
            }
        }
    }

    /**
     * Requests a run by SQL, in a transaction of its own.
     *
     * @param commits whether the transaction is committed; otherwise it is rolled back
     */
    public void requestRun(String definition, String key, boolean commits) throws SQLException {
        try (Connection connection = server.connect(NAME);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT bes_request_run(?, '{}', ?, 'chaos')")) {
            connection.setAutoCommit(false);
            statement.setString(1, definition);
            statement.setString(2, key);
            statement.execute();
            if (commits) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
