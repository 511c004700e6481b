package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that lock, renew and release the leases of a node, on the connection that it is given. */
public final class LeaseStatements {
    private static final String LOCK = "SELECT id FROM scoring WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE";

    // what is locked is being moved or let go, which sets the due time itself: the heartbeat must not wait
    private static final String RENEW = """
            WITH m AS (SELECT * FROM json_to_recordset(:rows::json) AS m(id bigint, epoch bigint)),
            free AS MATERIALIZED (
                SELECT id FROM scoring WHERE id = ANY(:ids) AND owner = :node AND ended_at IS NULL
                FOR NO KEY UPDATE SKIP LOCKED),
            renewed AS (
                UPDATE scoring SET due_at = greatest(due_at, clock_timestamp() + :lease * interval '1 ms')
                WHERE id = ANY(ARRAY(SELECT id FROM free)))
            SELECT s.id FROM m JOIN scoring s ON s.id = m.id WHERE s.epoch <> m.epoch""";

    private static final String RELEASE = """
            UPDATE scoring s SET owner = NULL, due_at = clock_timestamp()
            FROM json_to_recordset(:rows::json) AS m(id bigint, epoch bigint)
            WHERE s.id = m.id AND s.epoch = m.epoch AND s.ended_at IS NULL AND s.owner IS NOT NULL""";

    // locked in the order of the ids, as everywhere: two statements with other orders could wait for each other
    private static final String RELEASE_LAPSED = """
            WITH lapsed AS MATERIALIZED (
                SELECT id FROM scoring
                WHERE owner = :node AND state IN ('NotStarted', 'Running') AND due_at < clock_timestamp() AND id <> ALL(:workedOn)
                ORDER BY id FOR NO KEY UPDATE)
            UPDATE scoring SET owner = NULL, due_at = clock_timestamp() WHERE id = ANY(ARRAY(SELECT id FROM lapsed))""";

    private static final String RELEASE_ALL = """
            WITH held AS MATERIALIZED (
                SELECT id FROM scoring WHERE owner = :node AND state IN ('NotStarted', 'Running')
                ORDER BY id FOR NO KEY UPDATE)
            UPDATE scoring SET owner = NULL, due_at = clock_timestamp() WHERE id = ANY(ARRAY(SELECT id FROM held))""";

    private final JdbcClient jdbc;
    private final Node node;

    public LeaseStatements(JdbcClient jdbc, Node node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /**
     * Locks the rows of claims until the transaction ends, for the statement that comes next. PostgreSQL 18.1 forgets all but
     * the first row that changes under an update which joins: a heartbeat would undo the work on a whole set. One row
     * needs no lock.
     */
    public void lock(Collection<Claim> claims) {
        if (claims.size() > 1) {
            jdbc.sql(LOCK).param("ids", ids(claims)).query((row, n) -> true).list();
        }
    }

    /** Renews leases, and never shortens one; returns the scorings that another node has taken over. */
    Set<Long> renew(Collection<Claim> claims, Duration lease) {
        return claims.isEmpty()
                ? Set.of()
                : jdbc.sql(RENEW)
                        .param("rows", rows(claims))
                        .param("ids", ids(claims))
                        .param("lease", lease.toMillis())
                        .param("node", node.name())
                        .query((row, n) -> row.getLong("id"))
                        .set();
    }

    /** Releases claims as they are, due at once for every node; in a transaction. */
    public void release(Collection<Claim> claims) {
        if (!claims.isEmpty()) {
            lock(claims);
            jdbc.sql(RELEASE).param("rows", rows(claims)).update();
        }
    }

    /** Releases scorings whose lease has expired and that this node does not work on any more. */
    void releaseLapsed(Collection<Claim> workedOn) {
        jdbc.sql(RELEASE_LAPSED)
                .param("node", node.name())
                .param("workedOn", ids(workedOn))
                .update();
    }

    /** Releases all scorings of this node. */
    void releaseAll() {
        jdbc.sql(RELEASE_ALL).param("node", node.name()).update();
    }

    private static Long[] ids(Collection<Claim> claims) {
        return claims.stream().map(Claim::scoring).toArray(Long[]::new);
    }

    private static String rows(Collection<Claim> claims) {
        return JsonRows.rows(claims.stream().map(Held::of).toList());
    }

    private record Held(long id, long epoch) {
        static Held of(Claim claim) {
            return new Held(claim.scoring(), claim.epoch());
        }
    }
}
