package dev.bes.orchestrator.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node's hold on what it has claimed, over whatever connection it is given. */
final class Hold {
    private static final String RENEW = """
            WITH m AS (SELECT * FROM json_to_recordset(:rows::json) AS m(id bigint, epoch bigint)),
            renewed AS (
                UPDATE scoring s SET due_at = greatest(s.due_at, clock_timestamp() + :lease * interval '1 ms')
                FROM m WHERE s.id = m.id AND s.epoch = m.epoch AND s.owner = :node AND s.ended_at IS NULL)
            SELECT s.id FROM m JOIN scoring s ON s.id = m.id WHERE s.epoch <> m.epoch""";

    private static final String RELEASE = """
            UPDATE scoring s SET owner = NULL, due_at = clock_timestamp()
            FROM json_to_recordset(:rows::json) AS m(id bigint, epoch bigint)
            WHERE s.id = m.id AND s.epoch = m.epoch AND s.ended_at IS NULL AND s.owner IS NOT NULL""";

    private static final String RELEASE_LAPSED = """
            UPDATE scoring SET owner = NULL, due_at = clock_timestamp()
            WHERE owner = :node AND sweep IS NOT NULL AND due_at < clock_timestamp() AND id <> ALL(:workedOn)""";

    private static final String RELEASE_ALL = """
            UPDATE scoring SET owner = NULL, due_at = clock_timestamp() WHERE owner = :node AND sweep IS NOT NULL""";

    private final JdbcClient jdbc;
    private final Node node;

    Hold(JdbcClient jdbc, Node node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Holds on for another lease, never for less than there is; returns the scorings that somebody else has taken over. */
    Set<Long> renew(Collection<Claim> claims, Duration lease) {
        return claims.isEmpty()
                ? Set.of()
                : jdbc.sql(RENEW)
                        .param("rows", rows(claims))
                        .param("lease", lease.toMillis())
                        .param("node", node.name())
                        .query((row, n) -> row.getLong("id"))
                        .set();
    }

    /** Lets go of claims as they are, due at once for anybody. */
    void release(Collection<Claim> claims) {
        if (!claims.isEmpty()) {
            jdbc.sql(RELEASE).param("rows", rows(claims)).update();
        }
    }

    /** Lets go of what this node let lapse and is not working on any more. */
    void releaseLapsed(Collection<Claim> workedOn) {
        jdbc.sql(RELEASE_LAPSED)
                .param("node", node.name())
                .param("workedOn", workedOn.stream().map(Claim::scoring).toArray(Long[]::new))
                .update();
    }

    /** Lets go of everything. */
    void releaseAll() {
        jdbc.sql(RELEASE_ALL).param("node", node.name()).update();
    }

    private static String rows(Collection<Claim> claims) {
        return Sets.rows(claims.stream().map(Held::of).toList());
    }

    private record Held(long id, long epoch) {
        static Held of(Claim claim) {
            return new Held(claim.scoring(), claim.epoch());
        }
    }
}
