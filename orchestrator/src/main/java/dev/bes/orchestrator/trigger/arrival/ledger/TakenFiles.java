package dev.bes.orchestrator.trigger.arrival.ledger;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the dropped files that are taken and not put away yet, for monitoring. */
@Component
public class TakenFiles {
    private static final String COUNT = """
            SELECT count(*) AS n, extract(epoch FROM clock_timestamp() - min(taken_at)) * 1000 AS age_ms FROM (
                SELECT taken_at FROM dropped_file WHERE location = 'processing'
                UNION ALL SELECT taken_at FROM dropped_file WHERE location = 'taking') taken""";

    private final JdbcClient jdbc;

    public TakenFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The files of all nodes.
     *
     * @param count how many there are
     * @param age since the oldest of them was taken; zero if there is none
     */
    public record Taken(long count, Duration age) {}

    /** Reads the ledger. */
    public Taken count() {
        return jdbc.sql(COUNT)
                .query((row, n) -> new Taken(row.getLong("n"), Duration.ofMillis(row.getLong("age_ms"))))
                .single();
    }
}
