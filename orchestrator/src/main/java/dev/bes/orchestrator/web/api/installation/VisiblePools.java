package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.PoolJson;
import dev.bes.api.installation.PoolsJson.RateJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.pool.Pool;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import dev.bes.orchestrator.run.pool.PoolReader;
import dev.bes.orchestrator.run.pool.Pools;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All pools, for everybody who sees a definition; and those that definitions name although they do not exist. */
@Component
public final class VisiblePools {
    private final PoolReader reader;
    private final Pools pools;
    private final Authorization authorization;

    VisiblePools(PoolReader reader, Pools pools, Authorization authorization) {
        this.reader = reader;
        this.pools = pools;
        this.authorization = authorization;
    }

    /**
     * A pool with its use.
     *
     * @param pool the pool; null if it does not exist
     * @param json the same for a caller
     */
    public record Visible(@Nullable Pool pool, PoolJson json) {}

    /** All of them, by name. */
    public List<PoolJson> all(Access access) {
        Map<String, @Nullable Pool> byName = new TreeMap<>();
        List<Definition> visible = authorization.visible(access);
        visible.stream().map(Definition::pool).filter(name -> name != null).forEach(name -> byName.put(name, null));
        reader.all().forEach(pool -> byName.put(pool.name(), pool));
        return byName.entrySet().stream()
                .map(entry -> json(entry.getKey(), entry.getValue(), visible, access))
                .toList();
    }

    /**
     * One of them.
     *
     * @throws ProblemException if there is none, and no definition that the caller sees names it
     */
    public Visible find(String name, Access access) {
        List<Definition> visible = authorization.visible(access);
        Pool pool = reader.find(name).orElse(null);
        boolean named = visible.stream().anyMatch(definition -> name.equals(definition.pool()));
        if (!named && pool == null) {
            throw unknown();
        }
        return new Visible(pool, json(name, pool, visible, access));
    }

    /**
     * Adds a pool, or changes the limits of one.
     *
     * @throws ProblemException if the limits are none
     */
    public void put(String name, NewPoolJson limits, Access access, Consumer<@Nullable Pool> precondition) {
        pools.put(PoolLimits.name(name), PoolLimits.of(limits), actor(access), precondition);
    }

    /**
     * Removes a pool.
     *
     * @throws ProblemException if there is none, or if scorings need it
     */
    public void remove(String name, Access access, Consumer<@Nullable Pool> precondition) {
        Pool pool = reader.find(name).orElseThrow(VisiblePools::unknown);
        if (!pools.remove(pool, actor(access), precondition)) {
            throw new ProblemException(
                    ProblemKind.POOL_IN_USE,
                    "Unfinished scorings hold slots of pool '%s', or wait for them".formatted(name));
        }
    }

    private static String actor(Access access) {
        return Actor.user(access.name()).toString();
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemKind.UNKNOWN_POOL, "There is no such pool");
    }

    private PoolJson json(String name, @Nullable Pool pool, List<Definition> visible, Access access) {
        Pool.Use use = reader.use(name);
        Rate rate = pool == null ? null : pool.limits().rate();
        String self = Address.of("/api/v1/pools/" + name);
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        if (pool != null && access.mayEverywhere(Role.ADMIN)) {
            links.put("remove", self + "/remove");
        }
        return new PoolJson(
                name,
                pool == null ? "" : pool.limits().description(),
                pool == null ? null : pool.limits().slots(),
                use.used(),
                use.waiting(),
                rate == null
                        ? null
                        : new RateJson(rate.launches(), rate.period().toSeconds(), use.launched()),
                visible.stream()
                        .filter(definition -> name.equals(definition.pool()))
                        .map(Definition::name)
                        .toList(),
                pool == null ? null : pool.changedBy(),
                pool == null ? null : pool.changedAt(),
                links);
    }
}
