package dev.bes.benchmarks.environment;

import dev.bes.testbench.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counters of PostgreSQL at one moment.
 *
 * @param commits committed transactions of the database, read-only ones included
 * @param writes transactions of the server that wrote
 * @param walBytes bytes of the write-ahead log
 */
public record DatabaseCounters(long commits, long writes, long walBytes) {

    // asked in another database, so that the query itself is not counted
    private static final String SQL = """
            SELECT xact_commit, pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
            FROM pg_stat_database WHERE datname = ?""";

    static DatabaseCounters of(PostgresServer server, String database) {
        try (Connection connection = server.connect("postgres");
                PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new DatabaseCounters(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        } catch (SQLException e) {
            throw new BenchmarkFailure("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    public DatabaseCounters minus(DatabaseCounters earlier) {
        return new DatabaseCounters(commits - earlier.commits, writes - earlier.writes, walBytes - earlier.walBytes);
    }
}
