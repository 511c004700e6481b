package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.toSet;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.claim.FairShare.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Claims what is to be launched, within the limits of the endpoint and of pools; in a transaction. */
final class LaunchClaims {
    // each number of queues is a statement of its own, to be planned and kept
    private static final int QUEUES_AT_ONCE = 20;

    private static final String LIVE =
            "SELECT count(*) FROM scoring WHERE endpoint = :endpoint AND " + PoolSlots.HOLDERS;

    private final JdbcClient jdbc;
    private final ClaimStatement statement;
    private final RowMapper<Claim> rows;
    private final PoolSlots pools;
    private final FairShare fairShare;

    LaunchClaims(JdbcClient jdbc, ClaimStatement statement, RowMapper<Claim> rows) {
        this.jdbc = jdbc;
        this.statement = statement;
        this.rows = rows;
        this.pools = new PoolSlots(jdbc);
        this.fairShare = new FairShare(jdbc, pools);
    }

    /**
     * Claims scorings to launch. Draws lots only if several queues have due work, or one that needs a pool.
     *
     * @param places how many remote jobs the endpoint works on at a time; {@link Integer#MAX_VALUE} for no limit
     * @param limit how many at most
     */
    List<Claim> claim(String endpoint, int places, int limit, Duration lease) {
        int free = places == Integer.MAX_VALUE ? limit : free(endpoint, places);
        List<Claim> claims = new ArrayList<>(statement
                .claim(LaunchQueues.WITHOUT_LOTS, lease)
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

    /** Draws again when a queue had less due work than it drew. */
    private List<Claim> share(String endpoint, int room, Duration lease) {
        List<Claim> claims = new ArrayList<>();
        Map<String, Integer> slots = new HashMap<>();
        for (boolean more = true; more && claims.size() < room; ) {
            more = claims.addAll(claim(fairShare.draw(endpoint, room - claims.size(), slots), endpoint, lease));
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
        StatementSpec claim =
                statement.claim(LaunchQueues.due(drawn.size()), lease).param("endpoint", endpoint);
        for (int i = 0; i < drawn.size(); i++) {
            QueueWindows.Queue queue = drawn.get(i).queue();
            claim.param("definition" + i, queue.definition())
                    .param("pool" + i, queue.pool())
                    .param("key" + i, queue.key())
                    .param("size" + i, drawn.get(i).size());
        }
        return claim.query(rows).list();
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
}
