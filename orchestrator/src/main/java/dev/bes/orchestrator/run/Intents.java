package dev.bes.orchestrator.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down every submit call before it is made, and every call that scores at once. Submitting is at-least-once: a reply that is lost leaves a remote job
 * that nobody can start, and an intent that says so.
 */
@Component
public class Intents {
    /** How many submit calls one attempt may make before it is given up. */
    public static final int MAX = 5;

    private static final String OPEN = """
            INSERT INTO submit_intent (nonce, scoring_id, attempt, node)
            SELECT m.nonce, s.id, s.attempt, :node
            FROM json_to_recordset(:rows::json) AS m(id bigint, epoch bigint, nonce uuid)
            JOIN scoring s ON s.id = m.id AND s.epoch = m.epoch
            WHERE s.step = 'STAGED' AND s.stopping IS NULL AND s.ended_at IS NULL
            RETURNING scoring_id, nonce""";

    private final JdbcClient jdbc;
    private final Node node;

    Intents(PlannerSwitches switches, Node node) {
        this.jdbc = switches.jdbc();
        this.node = node;
    }

    /**
     * Commits one intent per staged claim that still holds.
     *
     * @return nonce by id of the scoring; a scoring that is missing must not be submitted
     */
    public Map<Long, UUID> open(List<Claim> claims) {
        Map<Long, UUID> opened = new HashMap<>();
        if (!claims.isEmpty()) {
            jdbc.sql(OPEN)
                    .param("rows", Sets.rows(claims.stream().map(Row::of).toList()))
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
