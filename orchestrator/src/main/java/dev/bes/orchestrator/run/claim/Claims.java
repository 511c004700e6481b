package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.CauseText;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Sweep;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Claims sets of due scorings for this node, and releases them. A lease is a due time in the future. After it,
 * every node may claim the row.
 */
@Component
public class Claims {
    private static final String LIVE_OF_RUN = """
            SELECT id FROM scoring WHERE run_id = :run AND state IN ('NotStarted', 'Running') AND stop_reason IS DISTINCT FROM 'cancel'
            ORDER BY id FOR UPDATE""";

    private static final String NEEDS_ATTENTION = """
            SELECT id FROM scoring WHERE run_id = :run AND position = :position AND attention IS NOT NULL FOR UPDATE""";

    private static final String DEFER = """
            UPDATE scoring s SET owner = NULL, due_at = clock_timestamp() + m.due_ms * interval '1 ms',
                   failures = CASE WHEN m.failure IS NULL THEN 0 ELSE s.failures + 1 END,
                   not_found_count = CASE WHEN m.not_found THEN s.not_found_count + 1 ELSE 0 END, expired_leases = 0,
                   cause = CASE WHEN s.stop_reason IS NULL THEN m.failure ELSE coalesce(m.failure, s.cause) END
            FROM json_to_recordset(:rows::json) AS m(
                id bigint, epoch bigint, due_ms bigint, failure text, not_found boolean)
            WHERE s.id = m.id AND s.epoch = m.epoch AND s.owner = :node AND s.ended_at IS NULL""";

    private static final String STRAND = """
            WITH stranded AS (
                UPDATE scoring SET cause = 'Waits for endpoint ''' || endpoint || ''', which is not configured'
                WHERE state IN ('NotStarted', 'Running') AND owner IS NULL AND endpoint <> ALL(:known) RETURNING endpoint)
            SELECT count(*) || ' scorings wait for endpoint ''' || endpoint || ''', which is not configured'
            FROM stranded GROUP BY endpoint""";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final ClaimRowMapper rows;
    private final LeaseStatements leaseStatements;
    private final ClaimStatement statement;
    private final LaunchClaims launchClaims;
    private final Node node;

    public Claims(PlannerSwitches switches, Transactions transactions, FrozenDefinitions frozen, Node node) {
        this.jdbc = switches.jdbc();
        this.transactions = transactions;
        this.rows = new ClaimRowMapper(frozen);
        this.leaseStatements = new LeaseStatements(jdbc, node);
        this.statement = new ClaimStatement(jdbc, node);
        this.launchClaims = new LaunchClaims(jdbc, statement, rows);
        this.node = node;
    }

    /**
     * Claims scorings of an endpoint that are due for a sweep: the longest due first, but to be launched only within their
     * queue, and queues by their shares.
     *
     * @param places how many remote jobs the endpoint works on at a time, for {@link Sweep#LAUNCH};
     *     {@link Integer#MAX_VALUE} for no limit
     * @param limit how many at most
     * @param lease how long this node keeps them unless it renews them
     */
    public List<Claim> claim(Sweep sweep, String endpoint, int places, int limit, Duration lease) {
        return transactions.run(() -> sweep == Sweep.LAUNCH
                ? launchClaims.claim(endpoint, places, limit, lease)
                : statement
                        .claim(due(sweep), lease)
                        .param("endpoint", endpoint)
                        .param("limit", limit)
                        .query(rows)
                        .list());
    }

    /** The sweep is in the text, since the index covers only some sweeps. */
    private static String due(Sweep sweep) {
        return """
            SELECT id FROM scoring
            WHERE sweep = '%s' AND endpoint = :endpoint AND due_at <= now()
            ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED""".formatted(sweep.column());
    }

    /** Claims every live scoring of a run that is not being cancelled yet, also from the nodes that hold it. */
    public List<Claim> seize(long run, Duration lease) {
        // locked first, as LeaseStatements does
        jdbc.sql(LIVE_OF_RUN).param("run", run).query(Long.class).list();
        return statement.claim(LIVE_OF_RUN, lease).param("run", run).query(rows).list();
    }

    /** Claims a scoring of a run that needs attention; empty if it does not. */
    public Optional<Claim> seizeNeedingAttention(long run, int position) {
        return statement
                .claim(NEEDS_ATTENTION, Duration.ZERO)
                .param("run", run)
                .param("position", position)
                .query(rows)
                .optional();
    }

    /**
     * Renews the leases of the claims; a longer lease is never shortened.
     *
     * @return the scorings that another node has taken over meanwhile
     */
    public Set<Long> renew(Collection<Claim> claims, Duration lease) {
        return leaseStatements.renew(claims, lease);
    }

    /** Releases claims as they are, due at once for every node; the count of expired leases stays. */
    public void release(Collection<Claim> claims) {
        transactions.run(() -> {
            leaseStatements.release(claims);
            return true;
        });
    }

    /** Releases claims until they are due again, without moving them. */
    public void defer(Collection<Deferral> deferrals) {
        if (!deferrals.isEmpty()) {
            transactions.run(() -> deferNow(deferrals));
        }
    }

    private int deferNow(Collection<Deferral> deferrals) {
        leaseStatements.lock(deferrals.stream().map(Deferral::claim).toList());
        return jdbc.sql(DEFER)
                .param(
                        "rows",
                        JsonRows.rows(deferrals.stream().map(Deferred::of).toList()))
                .param("node", node.name())
                .update();
    }

    /** Which of these scorings have ended without an output. */
    public List<Long> endedWithoutOutput(Collection<Long> scorings) {
        return jdbc.sql("SELECT id FROM scoring WHERE id = ANY(:ids) AND state IN ('Cancelled', 'Failed')")
                .param("ids", scorings.toArray(Long[]::new))
                .query((row, n) -> row.getLong("id"))
                .list();
    }

    /**
     * Marks live scorings whose endpoint is not among these, so that their users see why they wait.
     *
     * @return one line per such endpoint
     */
    public List<String> strand(Collection<String> endpoints) {
        return jdbc.sql(STRAND)
                .param("known", endpoints.toArray(String[]::new))
                .query((row, n) -> row.getString(1))
                .list();
    }

    /** Releases everything that this node still holds, when it ends. */
    public void releaseAll() {
        leaseStatements.releaseAll();
    }

    /**
     * A claim to release for a while.
     *
     * @param claim the claim
     * @param due when it is due again, from now
     * @param failure what went wrong, shown to users; null if no call failed
     * @param notFound whether the remote service did not know the job
     */
    public record Deferral(
            Claim claim, Duration due, @Nullable String failure, boolean notFound) {
        /** Keeps the failure fit for the database. */
        public Deferral {
            failure = CauseText.of(failure);
        }

        /** A wait for any other reason. */
        public Deferral(Claim claim, Duration due, @Nullable String failure) {
            this(claim, due, failure, false);
        }
    }

    private record Deferred(
            long id, long epoch, long dueMs, @Nullable String failure, boolean notFound) {
        static Deferred of(Deferral d) {
            return new Deferred(d.claim.scoring(), d.claim.epoch(), d.due.toMillis(), d.failure, d.notFound);
        }
    }
}
