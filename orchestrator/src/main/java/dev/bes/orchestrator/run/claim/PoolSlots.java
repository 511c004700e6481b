package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Sweep;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many more scorings may be launched from each pool. It is counted from the scorings themselves, by one claimer per pool at a
 * time: there is no counter that a crash could leave wrong.
 */
public final class PoolSlots {
    /** The scorings that hold a slot of a pool, and of their endpoint: their remote job is known or started, or a node launches them. */
    public static final String HOLDERS = """
            sweep IS NOT NULL AND attention IS NULL AND carrier_id IS NULL
              AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL AND due_at > now()))""";

    private static final String WAITING = """
            FROM scoring WHERE pool = p.name AND pool <> '' AND sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint""";

    // from one endpoint to the next by the index, as from queue to queue
    private static final String FREE = """
            SELECT p.name, least(
                p.slots - (SELECT count(*) FROM scoring WHERE pool = p.name AND pool <> '' AND %1$s),
                p.rate - (SELECT count(*) FROM pool_start WHERE pool = p.name AND at > clock_timestamp() - p.period)) AS free,
                array(
                    WITH RECURSIVE waiting(endpoint) AS (
                        SELECT (SELECT min(endpoint) %2$s > '')
                        UNION ALL
                        SELECT (SELECT min(endpoint) %2$s > waiting.endpoint) FROM waiting WHERE waiting.endpoint IS NOT NULL)
                    SELECT endpoint FROM waiting WHERE endpoint <> :endpoint
                      AND (SELECT min(due_at) %2$s = waiting.endpoint) <= now()) AS others
            FROM pool p WHERE p.name = ANY(:pools)""".formatted(HOLDERS, WAITING);

    private static final String STARTED = """
            WITH over AS (
                DELETE FROM pool_start s USING pool p WHERE p.name = s.pool AND p.name = ANY(:pools)
                  AND s.at <= clock_timestamp() - p.period)
            INSERT INTO pool_start (pool, scoring_id)
            SELECT p.name, s.id FROM scoring s JOIN pool p ON p.name = s.pool AND p.rate IS NOT NULL WHERE s.id = ANY(:ids)""";

    private static final String RING =
            "SELECT " + WakeUps.ringing(Sweep.LAUNCH, "endpoint") + " FROM unnest(:others) AS e(endpoint)";

    private final JdbcClient jdbc;

    PoolSlots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Free(String pool, int slots, List<String> others) {}

    /**
     * Locks these pools until the transaction ends, and counts the free slots that an endpoint may take. If other endpoints wait for
     * the same pool, each slot is drawn by lot between them, and they are woken: none of them starves behind a busier one.
     *
     * @return by name; a pool that does not exist is left out
     */
    Map<String, Integer> take(String endpoint, SortedSet<String> pools) {
        Map<String, Integer> taken = new HashMap<>();
        if (pools.isEmpty()) {
            return taken;
        }
        // one claimer per pool at a time, or two nodes would both see the last free slot; in order of names, against
        // deadlocks
        pools.forEach(pool -> lock(jdbc, pool));
        for (Free free : jdbc.sql(FREE)
                .param("endpoint", endpoint)
                .param("pools", pools.toArray(String[]::new))
                .query((row, n) -> new Free(row.getString("name"), row.getInt("free"), List.of((String[])
                        row.getArray("others").getArray())))
                .list()) {
            int lots = (int) IntStream.range(0, free.slots())
                    .filter(slot ->
                            ThreadLocalRandom.current().nextInt(free.others().size() + 1) == 0)
                    .count();
            taken.put(free.pool(), lots);
            if (lots < free.slots()) {
                jdbc.sql(RING)
                        .param("others", free.others().toArray(String[]::new))
                        .query((row, n) -> true)
                        .list();
            }
        }
        return taken;
    }

    /** Locks a pool until the transaction ends, against claims and changes. */
    public static void lock(JdbcClient jdbc, String pool) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:pool, 2))")
                .param("pool", pool)
                .query((row, n) -> true)
                .single();
    }

    /** Records launches, for the rates of these pools, in the transaction that claims them. */
    void started(Collection<String> pools, List<Claim> claims) {
        jdbc.sql(STARTED)
                .param("pools", pools.toArray(String[]::new))
                .param("ids", claims.stream().map(Claim::scoring).toArray(Long[]::new))
                .update();
    }
}
