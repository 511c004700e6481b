package dev.bes.orchestrator.database;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Checks whether a database can be used. Opens a connection of its own, since a pool retries and logs in the background. */
final class DatabaseProbe {
    private static final int OLDEST_VERSION = 150_000;
    private static final String QUERY =
            "SELECT current_setting('server_version_num')::int, current_setting('transaction_read_only')";

    private DatabaseProbe() {}

    /**
     * Connects once to what a pool would connect to.
     *
     * @throws SQLException if it can't be used
     */
    static void check(HikariConfig pool) throws SQLException {
        Properties properties = new Properties();
        pool.getDataSourceProperties()
                .forEach((name, value) -> properties.setProperty(name.toString(), value.toString()));
        set(properties, "user", pool.getUsername());
        set(properties, "password", pool.getPassword());
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl(), properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (row.getInt(1) < OLDEST_VERSION) {
                throw new SQLException(
                        "it is PostgreSQL %d, and 15 or newer is needed".formatted(row.getInt(1) / 10_000));
            }
            if (row.getString(2).equals("on")) {
                throw new SQLException("it is read-only, as a standby is", "25006");
            }
        }
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
