package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.node.Node;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The statement that claims rows for this node, whatever selects them. */
record ClaimStatement(JdbcClient jdbc, Node node) {
    // named one by one: a prepared statement with a star fails once when a newer version adds a column under it
    private static final String CLAIM = """
            claimed AS (
                UPDATE scoring s SET owner = :node, epoch = epoch + 1, attention = NULL,
                    expired_leases = expired_leases + (owner IS NOT NULL AND owner <> :node)::int,
                    due_at = clock_timestamp() + :lease * interval '1 ms'
                FROM due WHERE s.id = due.id
                RETURNING s.id, s.run_id, s.position, s.endpoint, s.step, s.state, s.stop_reason, s.attempt, s.epoch,
                    s.failures, s.not_found_count, s.expired_leases, s.unreadable_inputs, s.inputs, s.parameters,
                    s.delivery, s.resumed_at
            )
            SELECT c.*, r.definition_hash, r.traceparent, a.staged, a.rows_in, a.nonce, a.job_id, a.part, a.parts,
                   extract(epoch FROM clock_timestamp() - a.submitted_at) * 1000 AS since_submitted_ms,
                   extract(epoch FROM clock_timestamp() - a.started_at) * 1000 AS since_started_ms,
                   extract(epoch FROM clock_timestamp() - a.scored_at) * 1000 AS since_scored_ms,
                   extract(epoch FROM clock_timestamp() - CASE c.step
                       WHEN 'PLANNED' THEN CASE c.attempt WHEN 1 THEN r.created_at END
                       WHEN 'STAGED' THEN a.staged_at WHEN 'SUBMITTED' THEN a.submitted_at
                       WHEN 'STARTED' THEN a.started_at WHEN 'SCORED' THEN a.scored_at END) * 1000 AS in_step_ms,
                   (SELECT count(*) FROM submit_intent i WHERE i.scoring_id = c.id AND i.attempt = c.attempt
                      AND (c.resumed_at IS NULL OR i.created_at > c.resumed_at)) AS intents
            FROM claimed c JOIN run r ON r.id = c.run_id
            LEFT JOIN attempt a ON a.scoring_id = c.id AND a.number = c.attempt
            ORDER BY c.id""";

    /**
     * Claims for a lease.
     *
     * @param due selects the ids, and locks their rows
     */
    StatementSpec claim(String due, Duration lease) {
        return jdbc.sql("WITH due AS (" + due + "),\n" + CLAIM)
                .param("lease", lease.toMillis())
                .param("node", node.name());
    }
}
