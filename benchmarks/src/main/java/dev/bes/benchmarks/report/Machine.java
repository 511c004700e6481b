package dev.bes.benchmarks.report;

import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.testbench.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The machine of the measurements.
 *
 * @param processors how many
 * @param memoryGb memory in gigabytes
 * @param java version of Java
 * @param database version and durability settings of PostgreSQL
 */
public record Machine(int processors, double memoryGb, String java, String database) {

    private static final double KB_PER_GB = 1 << 20;

    /** This machine, with the PostgreSQL of all parts. */
    public static Machine of(Path project) {
        BenchmarkFolder folder = BenchmarkFolder.of(project, "machine");
        folder.recreate();
        try (BenchmarkDatabase database = BenchmarkDatabase.start(folder, "machine")) {
            return of(database.server());
        }
    }

    private static Machine of(PostgresServer server) {
        String sql = "SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync')"
                + " || ', synchronous_commit ' || current_setting('synchronous_commit')";
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    memoryKb() / KB_PER_GB,
                    Runtime.version().toString(),
                    row.getString(1));
        } catch (SQLException e) {
            throw new BenchmarkFailure("PostgreSQL does not answer: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long memoryKb() throws IOException {
        String first = Files.readAllLines(Path.of("/proc/meminfo")).getFirst();
        return Long.parseLong(first.replaceAll("\\D", ""));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d processors, %.0f GB of memory, Java %s, PostgreSQL %s; the stub runs on the same processors.",
                processors,
                memoryGb,
                java,
                database);
    }
}
