package dev.bes.orchestrator.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The settings of the database connections.
 *
 * @param longestWait how long a starting node waits for the database
 * @param requestConnections how many connections of the pool requests may use at a time; null for half of them
 */
@ConfigurationProperties("orchestrator.database")
record DatabaseSettings(
        @Name("startup-timeout") @DefaultValue("5m") Duration longestWait,
        @Nullable Integer requestConnections) {
    private static final String REQUESTS = "orchestrator.database.request-connections";
    private static final String POOL = "spring.datasource.hikari.maximum-pool-size";

    /**
     * How many connections requests may use at a time.
     *
     * @param pool how many there are
     * @throws IllegalArgumentException if requests or engine would have no connection
     */
    int requestsOf(int pool) {
        if (requestConnections == null) {
            return Math.max(1, pool / 2);
        }
        if (requestConnections < 1 || requestConnections >= pool) {
            throw new IllegalArgumentException(
                    "%s is %d: it must be 1 or more, and leave some of the %d connections of %s to the work itself"
                            .formatted(REQUESTS, requestConnections, pool, POOL));
        }
        return requestConnections;
    }
}
