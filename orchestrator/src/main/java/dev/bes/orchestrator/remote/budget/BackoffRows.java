package dev.bes.orchestrator.remote.budget;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which subscriptions are shut, and for how long, by the clock of the database. */
final class BackoffRows {
    private static final String SHUT = """
            INSERT INTO call_budget AS b (name, shut_until)
            VALUES (:budget, clock_timestamp() + :wait * interval '1 ms')
            ON CONFLICT (name) DO UPDATE SET shut_until = greatest(b.shut_until, excluded.shut_until)""";

    private static final String ALL = """
            SELECT name, extract(epoch FROM shut_until - clock_timestamp()) * 1000 AS shut_ms
            FROM call_budget WHERE shut_until > clock_timestamp()""";

    private final JdbcClient jdbc;

    BackoffRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void shut(String budget, Duration wait) {
        jdbc.sql(SHUT).param("budget", budget).param("wait", wait.toMillis()).update();
    }

    /** How long each subscription that is shut stays so. */
    Map<String, Duration> shut() {
        Map<String, Duration> shut = new LinkedHashMap<>();
        jdbc.sql(ALL).query(row -> {
            shut.put(row.getString("name"), Duration.ofMillis(row.getLong("shut_ms")));
        });
        return shut;
    }
}
