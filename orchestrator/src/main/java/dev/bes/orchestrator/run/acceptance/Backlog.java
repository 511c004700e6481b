package dev.bes.orchestrator.run.acceptance;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the unfinished work of all nodes. */
@Component
public class Backlog {
    private static final String COUNT = """
            WITH needing_attention AS (SELECT count(*) AS n FROM scoring WHERE attention IS NOT NULL)
            SELECT count(*) - (SELECT n FROM needing_attention) FROM (
                SELECT run_id FROM scoring WHERE state IN ('NotStarted', 'Running')
                LIMIT :atMost + (SELECT n FROM needing_attention)) unfinished""";

    private final JdbcClient jdbc;

    public Backlog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Counts the scorings that have not ended, without those that need attention. The more there are, the longer it
     * takes.
     *
     * @param atMost where counting stops
     */
    public long count(long atMost) {
        return jdbc.sql(COUNT).param("atMost", atMost).query(Long.class).single();
    }
}
