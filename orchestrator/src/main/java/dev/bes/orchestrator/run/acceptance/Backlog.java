package dev.bes.orchestrator.run.acceptance;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the unfinished work of all nodes. */
@Component
public class Backlog {
    private static final String COUNT = """
            WITH others AS (
                SELECT (SELECT count(*) FROM scoring WHERE attention IS NOT NULL)
                     + (SELECT count(*) FROM shadow_comparison WHERE verdict IS NULL)
                     + (SELECT count(*) FROM run r JOIN scoring s ON s.run_id = r.id
                        WHERE r.trigger = 'fold' AND r.ended_at IS NULL AND s.ended_at IS NULL AND s.attention IS NULL) AS n)
            SELECT greatest(0, count(*) - (SELECT n FROM others)) FROM (
                SELECT run_id FROM scoring WHERE state IN ('NotStarted', 'Running')
                LIMIT :atMost + (SELECT n FROM others)) unfinished""";

    private final JdbcClient jdbc;

    public Backlog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Counts the scorings that have not ended, without those that need attention, without shadows and without those that have the job of
     * others. The more there are, the longer it takes.
     *
     * @param atMost where counting stops
     */
    public long count(long atMost) {
        return jdbc.sql(COUNT).param("atMost", atMost).query(Long.class).single();
    }
}
