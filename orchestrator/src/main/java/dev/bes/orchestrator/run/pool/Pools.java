package dev.bes.orchestrator.run.pool;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.PoolSlots;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import dev.bes.orchestrator.run.pool.Pool.Use;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes pools. A change holds for the next claim of any node. */
@Component
public class Pools {
    private static final String PUT = """
            INSERT INTO pool (name, description, slots, rate, period, changed_by)
            VALUES (:name, :description, :slots, :rate::int, :seconds::int * interval '1 s', :by)
            ON CONFLICT (name) DO UPDATE SET description = excluded.description, slots = excluded.slots, rate = excluded.rate,
                period = excluded.period, version = pool.version + 1, changed_by = excluded.changed_by,
                changed_at = clock_timestamp()""";

    private static final String RING = "SELECT " + WakeUps.ringing(Sweep.LAUNCH, "endpoint") + """
             FROM (SELECT DISTINCT endpoint FROM scoring WHERE pool = :pool AND pool <> '' AND sweep = 'launch' AND step <> 'SUBMITTED') e""";

    private final JdbcClient jdbc;
    private final PoolReader reader;
    private final Transactions transactions;
    private final AuditLog audit;

    public Pools(PlannerSwitches switches, Transactions transactions, AuditLog audit) {
        this.jdbc = switches.jdbc();
        this.reader = new PoolReader(jdbc);
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Adds a pool, or replaces the limits of one.
     *
     * @param by who does it, as {@code kind:name}
     * @param precondition throws what the change is refused with; it is given the pool that there is, or null, within the change
     */
    public Pool put(String name, Limits limits, String by, Consumer<@Nullable Pool> precondition) {
        return transactions.run(() -> {
            Pool before = locked(name);
            precondition.accept(before);
            Rate rate = limits.rate();
            jdbc.sql(PUT)
                    .param("name", name)
                    .param("description", limits.description())
                    .param("slots", limits.slots())
                    .param("rate", rate == null ? null : rate.launches())
                    .param("seconds", rate == null ? null : rate.period().toSeconds())
                    .param("by", by)
                    .update();
            jdbc.sql(RING).param("pool", name).query((row, n) -> true).list();
            audit.allowed(Action.POOL_CHANGED, by, "pool " + name, null, words(before), words(limits));
            return reader.find(name).orElseThrow();
        });
    }

    /**
     * Removes a pool, unless unfinished scorings hold its slots or wait for them.
     *
     * @return whether it was removed
     */
    public boolean remove(Pool pool, String by, Consumer<@Nullable Pool> precondition) {
        return transactions.run(() -> {
            Pool before = locked(pool.name());
            precondition.accept(before);
            Use use = reader.use(pool.name());
            if (use.used() > 0 || use.waiting() > 0) {
                return false;
            }
            jdbc.sql("DELETE FROM pool WHERE name = :name")
                    .param("name", pool.name())
                    .update();
            audit.allowed(Action.POOL_REMOVED, by, "pool " + pool.name(), null, words(before), null);
            return true;
        });
    }

    private @Nullable Pool locked(String name) {
        // claims take this lock, too: none of them counts by limits that are about to change
        PoolSlots.lock(jdbc, name);
        return reader.find(name).orElse(null);
    }

    private static @Nullable String words(@Nullable Pool pool) {
        return pool == null ? null : words(pool.limits());
    }

    private static String words(Limits limits) {
        return "slots %d, rate %s".formatted(limits.slots(), limits.rate() == null ? "none" : limits.rate());
    }
}
