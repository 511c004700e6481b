package dev.bes.orchestrator.run.move;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Claim;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Records every call that creates a remote job, and every call that scores at once, before it is made. A call whose answer is lost
 * can be looked up by its record.
 */
@Component
public class SubmitIntents {
    /** How many submit calls one attempt may make before it is given up. */
    public static final int MAX = 5;

    private static final String OPEN = """
            INSERT INTO submit_intent (nonce, scoring_id, attempt, node)
            SELECT m.nonce, s.id, s.attempt, :node
            FROM json_to_recordset(:rows::json) AS m(id bigint, epoch bigint, nonce uuid)
            JOIN scoring s ON s.id = m.id AND s.epoch = m.epoch
            WHERE (s.step = 'STAGED' OR (s.step = 'SUBMITTED' AND EXISTS (
                SELECT FROM attempt a WHERE a.scoring_id = s.id AND a.number = s.attempt AND a.job_id IS NULL))) AND s.stop_reason IS NULL AND s.ended_at IS NULL
            RETURNING scoring_id, nonce""";

    private final JdbcClient jdbc;
    private final Node node;

    public SubmitIntents(PlannerSwitches switches, Node node) {
        this.jdbc = switches.jdbc();
        this.node = node;
    }

    /**
     * Commits one intent per claim that still holds, and is staged or has no job yet.
     *
     * @return nonce by id of the scoring; a scoring that is missing must not be submitted
     */
    public Map<Long, UUID> open(List<Claim> claims) {
        Map<Long, UUID> opened = new HashMap<>();
        if (!claims.isEmpty()) {
            jdbc.sql(OPEN)
                    .param("rows", JsonRows.rows(claims.stream().map(Row::of).toList()))
                    .param("node", node.name())
                    .query(row -> {
                        opened.put(row.getLong("scoring_id"), row.getObject("nonce", UUID.class));
                    });
        }
        return opened;
    }

    /** Whether an id of an endpoint's job belongs to an attempt. */
    public boolean owned(String endpoint, String job) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM attempt WHERE endpoint = :endpoint AND job_id = :job)")
                .param("endpoint", endpoint)
                .param("job", job)
                .query(Boolean.class)
                .single();
    }

    /** The calls of an attempt that may have been made, the oldest first. */
    public List<Made> made(Claim claim) {
        return jdbc.sql("""
                        SELECT nonce, (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint AS since_ms
                        FROM submit_intent WHERE scoring_id = :scoring AND attempt = :attempt ORDER BY created_at""")
                .param("scoring", claim.scoring())
                .param("attempt", claim.attempt())
                .query((row, n) ->
                        new Made(row.getObject("nonce", UUID.class), Duration.ofMillis(row.getLong("since_ms"))))
                .list();
    }

    /** Whether a job that an attempt asked for is orphaned: the attempt has another one, or has ended without it. */
    public boolean refuses(Claim claim, String job) {
        return jdbc.sql("""
                        SELECT NOT EXISTS (
                            SELECT FROM attempt a JOIN scoring s ON s.id = a.scoring_id
                            WHERE a.scoring_id = :scoring AND a.number = :attempt
                              AND CASE WHEN a.job_id IS NULL THEN s.ended_at IS NULL AND a.ended_at IS NULL
                                       ELSE a.job_id = :job AND a.state NOT IN ('Failed', 'Cancelled') END)""")
                .param("scoring", claim.scoring())
                .param("attempt", claim.attempt())
                .param("job", job)
                .query(Boolean.class)
                .single();
    }

    /**
     * A call that may have been made.
     *
     * @param nonce its nonce
     * @param since the time since it was written down
     */
    public record Made(UUID nonce, Duration since) {}

    /** Takes back an intent whose call was definitely not accepted. */
    public void withdraw(UUID nonce) {
        jdbc.sql("DELETE FROM submit_intent WHERE nonce = :nonce")
                .param("nonce", nonce)
                .update();
    }

    private record Row(long id, long epoch, UUID nonce) {
        static Row of(Claim claim) {
            return new Row(claim.scoring(), claim.epoch(), UUID.randomUUID());
        }
    }
}
