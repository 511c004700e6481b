package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.claim.LaunchQueues;
import dev.bes.orchestrator.run.pool.Pool;
import dev.bes.orchestrator.run.pool.PoolReader;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says why a scoring that is due is not launched: its pool is full, or other fairness keys of its definition have their turn. */
public final class LaunchWaits {
    private static final String KEYS =
            "WITH RECURSIVE %s SELECT count(*) FROM live WHERE definition = :definition AND pool = :pool"
                    .formatted(LaunchQueues.live(":endpoint"));

    private final JdbcClient jdbc;
    private final PoolReader pools;

    public LaunchWaits(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.pools = new PoolReader(jdbc);
    }

    /**
     * Where a scoring waits to be launched.
     *
     * @param pool its pool; empty if it needs none
     * @param key its fairness key; empty if it has none
     */
    public record Queue(String endpoint, String definition, String pool, String key) {}

    /** Why the scorings of a queue wait, in a sentence without a full stop; empty if neither pool nor key is the reason. */
    public Optional<String> reason(Queue queue) {
        Optional<String> pool = queue.pool().isEmpty() ? Optional.empty() : reason(queue.pool());
        return pool.or(() -> queue.key().isEmpty() ? Optional.empty() : turn(queue));
    }

    private Optional<String> reason(String name) {
        String waits = "Waits for pool '%s'".formatted(name);
        Pool pool = pools.find(name).orElse(null);
        if (pool == null) {
            return Optional.of(waits + ", which does not exist");
        }
        Pool.Use use = pools.use(name);
        Pool.Rate rate = pool.limits().rate();
        if (use.used() >= pool.limits().slots()) {
            return Optional.of("%s (%d of %d slots used)"
                    .formatted(waits, use.used(), pool.limits().slots()));
        }
        return rate == null || use.launched() < rate.launches()
                ? Optional.empty()
                : Optional.of("%s (%d launches in %d s, and no more are allowed)"
                        .formatted(waits, use.launched(), rate.period().toSeconds()));
    }

    private Optional<String> turn(Queue queue) {
        int keys = jdbc.sql(KEYS)
                .param("endpoint", queue.endpoint())
                .param("definition", queue.definition())
                .param("pool", queue.pool())
                .query(Integer.class)
                .single();
        return keys < 2
                ? Optional.empty()
                : Optional.of("Waits for its turn: %d fairness keys of its definition wait, and this is '%s'"
                        .formatted(keys, queue.key()));
    }
}
