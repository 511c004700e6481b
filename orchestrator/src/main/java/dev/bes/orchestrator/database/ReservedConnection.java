package dev.bes.orchestrator.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A connection to the same database outside the pool, replaced when it breaks. */
public final class ReservedConnection implements AutoCloseable {
    // a longer heartbeat counts as missed: the next one needs a new connection while the leases are valid
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HikariDataSource connection;

    /** Connects as the pool does. */
    public ReservedConnection(HikariConfig pool) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("heartbeat");
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setUsername(pool.getUsername());
        config.setPassword(pool.getPassword());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setMaxLifetime(pool.getMaxLifetime());
        // a started node waits for a database that goes away, instead of ending
        config.setInitializationFailTimeout(-1);
        if (pool.getExceptionOverride() != null) {
            config.setExceptionOverride(pool.getExceptionOverride());
        }
        pool.getDataSourceProperties().forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
        config.addDataSourceProperty("socketTimeout", PATIENCE.toSeconds());
        this.connection = new HikariDataSource(config);
    }

    public JdbcClient jdbc() {
        return new PlannerSwitches(connection).jdbc();
    }

    @Override
    public void close() {
        connection.close();
    }
}
