package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.run.Claim;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many more scorings may be launched from each pool. It is counted from the scorings themselves, by one claimer per pool at a
 * time: there is no counter that a crash could leave wrong.
 */
final class PoolSlots {
    /** The scorings that hold a slot of a pool: their remote job is known or started, or a node launches them. */
    static final String HOLDERS = """
            sweep IS NOT NULL AND attention IS NULL
              AND (step IN ('SUBMITTED', 'STARTED') OR (sweep = 'launch' AND owner IS NOT NULL AND due_at > now()))""";

    private static final String FREE = """
            SELECT p.name, least(
                p.slots - (SELECT count(*) FROM scoring WHERE pool = p.name AND %s),
                p.rate - (SELECT count(*) FROM pool_start WHERE pool = p.name AND at > clock_timestamp() - p.period)) AS free
            FROM pool p WHERE p.name = ANY(:pools)""".formatted(HOLDERS);

    private static final String STARTED = """
            WITH over AS (
                DELETE FROM pool_start s USING pool p WHERE p.name = s.pool AND p.name = ANY(:pools)
                  AND s.at <= clock_timestamp() - p.period)
            INSERT INTO pool_start (pool, scoring_id)
            SELECT p.name, s.id FROM scoring s JOIN pool p ON p.name = s.pool AND p.rate IS NOT NULL WHERE s.id = ANY(:ids)""";

    private final JdbcClient jdbc;

    PoolSlots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Locks these pools until the transaction ends, and counts what is free.
     *
     * @return by name; a pool that does not exist is left out
     */
    Map<String, Integer> free(SortedSet<String> pools) {
        Map<String, Integer> free = new HashMap<>();
        if (pools.isEmpty()) {
            return free;
        }
        // one claimer per pool at a time, or two nodes would both see the last free slot; in order of names, against
        // deadlocks
        pools.forEach(pool -> jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:pool, 2))")
                .param("pool", pool)
                .query((row, n) -> true)
                .single());
        jdbc.sql(FREE)
                .param("pools", pools.toArray(String[]::new))
                .query((row, n) -> free.put(row.getString("name"), row.getInt("free")))
                .list();
        return free;
    }

    /** Records launches, for the rates of these pools, in the transaction that claims them. */
    void started(Collection<String> pools, List<Claim> claims) {
        jdbc.sql(STARTED)
                .param("pools", pools.toArray(String[]::new))
                .param("ids", claims.stream().map(Claim::scoring).toArray(Long[]::new))
                .update();
    }
}
