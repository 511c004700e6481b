package dev.bes.orchestrator.run.pool;

import dev.bes.orchestrator.run.claim.PoolSlots;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import dev.bes.orchestrator.run.pool.Pool.Use;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads pools, and counts from scorings how they are used. */
@Component
public class PoolReader {
    /** Where counting what waits stops. */
    public static final int MOST_COUNTED = 10_000;

    private static final String SELECT = """
            SELECT name, description, slots, rate, extract(epoch FROM period)::bigint AS seconds, version, changed_by, changed_at
            FROM pool""";

    private static final String WAITING = """
            pool = :pool AND pool <> '' AND sweep = 'launch' AND step <> 'SUBMITTED' AND attention IS NULL
              AND NOT (owner IS NOT NULL AND due_at > now())""";

    private static final String USE = """
            SELECT (SELECT count(*) FROM scoring WHERE pool = :pool AND pool <> '' AND %s) AS used,
                   (SELECT count(*) FROM (SELECT FROM scoring WHERE %s LIMIT %d) waiting) AS waiting,
                   (SELECT count(*) FROM pool_start WHERE pool = :pool
                      AND at > clock_timestamp() - (SELECT period FROM pool WHERE name = :pool)) AS launched""".formatted(PoolSlots.HOLDERS, WAITING, MOST_COUNTED);

    private final JdbcClient jdbc;

    public PoolReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All pools, by name. */
    public List<Pool> all() {
        return jdbc.sql(SELECT + " ORDER BY name").query(PoolReader::pool).list();
    }

    /** The pool of that name. */
    public Optional<Pool> find(String name) {
        return jdbc.sql(SELECT + " WHERE name = :name")
                .param("name", name)
                .query(PoolReader::pool)
                .optional();
    }

    /** How a pool is used now; also one that does not exist, for which scorings wait. */
    public Use use(String name) {
        return jdbc.sql(USE)
                .param("pool", name)
                .query((row, n) -> new Use(row.getInt("used"), row.getInt("waiting"), row.getInt("launched")))
                .single();
    }

    private static Pool pool(ResultSet row, int n) throws SQLException {
        Integer rate = row.getObject("rate", Integer.class);
        return new Pool(
                row.getString("name"),
                new Limits(
                        row.getString("description"),
                        row.getInt("slots"),
                        rate == null ? null : new Rate(rate, Duration.ofSeconds(row.getLong("seconds")))),
                row.getLong("version"),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
