package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.toSet;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.Transactions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.CauseText;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.FairShare.Share;
import java.time.Duration;
import java.util.ArrayList;
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
    // each number of queues is a statement of its own, to be planned and kept
    private static final int QUEUES_AT_ONCE = 20;

    private static final String LIVE = """
            SELECT count(*) FROM scoring
            WHERE sweep IS NOT NULL AND endpoint = :endpoint
              AND attention IS NULL
              AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL AND due_at > now()))""";

    private static final String LIVE_OF_RUN = """
            SELECT id FROM scoring WHERE run_id = :run AND state IN ('NotStarted', 'Running') AND stop_reason IS DISTINCT FROM 'cancel'
            ORDER BY id FOR UPDATE""";

    private static final String NEEDS_ATTENTION = """
            SELECT id FROM scoring WHERE run_id = :run AND position = :position AND attention IS NOT NULL FOR UPDATE""";

    private static final String CLAIM = """
            claimed AS (
                UPDATE scoring s SET owner = :node, epoch = epoch + 1, attention = NULL,
                    expired_leases = expired_leases + (owner IS NOT NULL AND owner <> :node)::int,
                    due_at = clock_timestamp() + :lease * interval '1 ms'
                FROM due WHERE s.id = due.id RETURNING s.*
            )
            SELECT c.*, r.definition_hash, r.traceparent, a.staged, a.rows_in, a.nonce, a.job_id,
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
    private final PoolSlots pools;
    private final FairShare fairShare;
    private final Node node;

    public Claims(PlannerSwitches switches, Transactions transactions, FrozenDefinitions frozen, Node node) {
        this.jdbc = switches.jdbc();
        this.transactions = transactions;
        this.rows = new ClaimRowMapper(frozen);
        this.leaseStatements = new LeaseStatements(jdbc, node);
        this.pools = new PoolSlots(jdbc);
        this.fairShare = new FairShare(jdbc, pools);
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
                ? launch(endpoint, places, limit, lease)
                : claim(due(sweep), lease)
                        .param("endpoint", endpoint)
                        .param("limit", limit)
                        .query(rows)
                        .list());
    }

    /** Draws lots only if several queues have due work, or one that needs a pool. */
    private List<Claim> launch(String endpoint, int places, int limit, Duration lease) {
        int free = places == Integer.MAX_VALUE ? limit : free(endpoint, places);
        List<Claim> claims = new ArrayList<>(claim(LaunchQueues.WITHOUT_LOTS, lease)
                .param("endpoint", endpoint)
                .param("limit", limit)
                .param("room", free)
                .query(rows)
                .list());
        if (claims.stream().allMatch(claim -> claim.scoringState().step() == Step.SUBMITTED)) {
            claims.addAll(share(endpoint, Math.min(free, limit - claims.size()), lease));
        }
        return claims;
    }

    /** The sweep is in the text, since the index covers only some sweeps. */
    private static String due(Sweep sweep) {
        return """
            SELECT id FROM scoring
            WHERE sweep = '%s' AND endpoint = :endpoint AND due_at <= now()
            ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED""".formatted(sweep.column());
    }

    /** Draws again when a queue had less due work than it drew. */
    private List<Claim> share(String endpoint, int room, Duration lease) {
        List<Claim> claims = new ArrayList<>();
        for (boolean more = true; more && claims.size() < room; ) {
            more = claims.addAll(claim(fairShare.draw(endpoint, room - claims.size()), endpoint, lease));
        }
        return claims;
    }

    private List<Claim> claim(List<Share> drawn, String endpoint, Duration lease) {
        List<Claim> claims = new ArrayList<>();
        for (int from = 0; from < drawn.size(); from += QUEUES_AT_ONCE) {
            List<Share> some = drawn.subList(from, Math.min(drawn.size(), from + QUEUES_AT_ONCE));
            claims.addAll(claimSome(some, endpoint, lease));
        }
        Set<String> pooled = drawn.stream()
                .map(share -> share.queue().pool())
                .filter(pool -> !pool.isEmpty())
                .collect(toSet());
        if (!pooled.isEmpty()) {
            pools.started(pooled, claims);
        }
        return claims;
    }

    private List<Claim> claimSome(List<Share> drawn, String endpoint, Duration lease) {
        JdbcClient.StatementSpec claim =
                claim(LaunchQueues.due(drawn.size()), lease).param("endpoint", endpoint);
        for (int i = 0; i < drawn.size(); i++) {
            FairShare.Queue queue = drawn.get(i).queue();
            claim.param("definition" + i, queue.definition())
                    .param("pool" + i, queue.pool())
                    .param("key" + i, queue.key())
                    .param("size" + i, drawn.get(i).size());
        }
        return claim.query(rows).list();
    }

    private JdbcClient.StatementSpec claim(String due, Duration lease) {
        return jdbc.sql("WITH due AS (" + due + "),\n" + CLAIM)
                .param("lease", lease.toMillis())
                .param("node", node.name());
    }

    /** Claims every live scoring of a run that is not being cancelled yet, also from the nodes that hold it. */
    public List<Claim> seize(long run, Duration lease) {
        // locked first, as LeaseStatements does
        jdbc.sql(LIVE_OF_RUN).param("run", run).query(Long.class).list();
        return claim(LIVE_OF_RUN, lease).param("run", run).query(rows).list();
    }

    /** Claims a scoring of a run that needs attention; empty if it does not. */
    public Optional<Claim> seizeNeedingAttention(long run, int position) {
        return claim(NEEDS_ATTENTION, Duration.ZERO)
                .param("run", run)
                .param("position", position)
                .query(rows)
                .optional();
    }

    private int free(String endpoint, int places) {
        // one claimer per endpoint at a time, or two nodes would both see the last free place
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:endpoint, 1))")
                .param("endpoint", endpoint)
                .query((row, n) -> true)
                .single();
        int live =
                jdbc.sql(LIVE).param("endpoint", endpoint).query(Integer.class).single();
        return Math.max(0, places - live);
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
