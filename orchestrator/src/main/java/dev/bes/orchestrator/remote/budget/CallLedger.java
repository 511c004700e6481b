package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.CallLimit;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the calls of all nodes on one subscription, in the database and by its clock. A call counts from its grant until the
 * limit's period after its answer. The gateway counts it at an unknown moment in between. So no period of the gateway, fixed
 * or sliding, holds more calls than were granted.
 */
final class CallLedger {
    private static final String INSERT_BUDGET =
            "INSERT INTO call_budget (name) VALUES (:budget) ON CONFLICT DO NOTHING";

    // serializes the nodes: two of them could be granted the last call
    private static final String LOCK = """
            SELECT extract(epoch FROM greatest(backoff_until - clock_timestamp(), interval '0')) * 1000 AS backoff_ms,
                   coalesce(urgent_until > clock_timestamp(), false) AS wanted
            FROM call_budget WHERE name = :budget FOR UPDATE""";

    private static final String SETTLE = """
            WITH settled AS (
                SELECT id, used, clock_timestamp() - ago_ms * interval '1 ms' AS done_at
                FROM unnest(:ids, :used, :agos) AS s(id, used, ago_ms)),
            unused AS (DELETE FROM call_grant g USING settled s WHERE g.id = s.id AND s.used = 0)
            UPDATE call_grant g SET calls = s.used, done_at = s.done_at FROM settled s
            WHERE g.id = s.id AND s.used > 0""";

    private static final String USED_CALLS = """
            SELECT coalesce(sum(calls), 0) AS used,
                   extract(epoch FROM min(least(done_at, clock_timestamp())) + :period * interval '1 ms' - clock_timestamp())
                       * 1000 AS wait_ms
            FROM call_grant
            WHERE budget = :budget AND done_at > clock_timestamp() - :period * interval '1 ms'""";

    private static final String GRANT = """
            INSERT INTO call_grant (budget, calls, done_at)
            VALUES (:budget, :calls, clock_timestamp() + :within * interval '1 ms') RETURNING id""";

    private static final String SET_WANTED = """
            UPDATE call_budget SET urgent_until = CASE WHEN :short
                THEN clock_timestamp() + :wait * interval '1 ms' END
            WHERE name = :budget AND (:short OR urgent_until IS NOT NULL)""";

    // our calls of a little earlier count too, since the report of the gateway has an age
    private static final String COUNT_FOREIGN = """
            WITH ours AS (
                SELECT coalesce(sum(calls), 0) AS calls FROM call_grant
                WHERE budget = :budget AND done_at > clock_timestamp() - (:period + :age) * interval '1 ms')
            INSERT INTO call_grant (budget, calls, done_at)
            SELECT :budget, :counted - ours.calls, clock_timestamp() FROM ours WHERE ours.calls < :counted""";

    // calls that only the longest limit still counts are merged into few rows
    private static final String COMPACT = """
            WITH old AS (
                DELETE FROM call_grant
                WHERE budget = :budget AND done_at < clock_timestamp() - :shortest * interval '1 ms'
                RETURNING calls, done_at)
            INSERT INTO call_grant (budget, calls, done_at)
            SELECT :budget, sum(calls), max(done_at) FROM old
            WHERE done_at > clock_timestamp() - :longest * interval '1 ms'
            GROUP BY floor(extract(epoch FROM done_at) * 1000 / greatest(1, :longest / 1000))""";

    private static final long MAX_EXTRA_WAIT_MILLIS = 2000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String budget;
    private final List<GrantedLimit> limits;

    CallLedger(JdbcClient jdbc, TransactionTemplate transaction, String budget, List<CallLimit> limits) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.budget = budget;
        this.limits = limits.stream().map(GrantedLimit::of).toList();
    }

    /** The calls that are granted of a limit: a little less of a large one, since a gateway of several units counts roughly. */
    private record GrantedLimit(int limit, int calls, long periodMillis) {
        private static final int HEADROOM_DIVISOR = 50;

        static GrantedLimit of(CallLimit limit) {
            return new GrantedLimit(
                    limit.calls(),
                    limit.calls() - limit.calls() / HEADROOM_DIVISOR,
                    limit.period().toMillis());
        }

        /** Assumes that used calls become free evenly within a period, and that free calls are used at once. */
        IntFunction<Duration> forecast(Availability now) {
            int used = calls - now.free;
            return wanted -> {
                if (wanted <= now.free) {
                    return Duration.ZERO;
                }
                long before = wanted - now.free - 1L;
                long wait = before % calls < used
                        ? now.waitMillis + (periodMillis - now.waitMillis) * (before % calls) / used
                        : periodMillis;
                return Duration.ofMillis(before / calls * periodMillis + wait);
            };
        }
    }

    private record Availability(int free, long waitMillis) {}

    private record BudgetRow(long backoffMillis, boolean wanted) {}

    /**
     * A node's request for calls.
     *
     * @param needed calls that threads wait for
     * @param wanted calls that it takes at most
     * @param within time in which all their answers arrive
     */
    record DrawRequest(int needed, int wanted, CallPriority priority, Duration within) {}

    /**
     * The calls that were granted.
     *
     * @param grant id for {@link Settled}; 0 if no calls were granted
     * @param calls calls that may be made
     * @param delay time to wait if no calls were granted
     */
    record DrawResult(long grant, int calls, Duration delay) {}

    /**
     * A grant whose calls all have their answers.
     *
     * @param used calls that were made
     * @param ago time since the last answer
     */
    record Settled(long grant, int used, Duration ago) {}

    /** Settles finished grants, and grants the available calls, up to the wanted number. */
    DrawResult draw(Collection<Settled> done, DrawRequest request) {
        return transaction.execute(status -> {
            Availability availability = availability(lock(), request.priority, done);
            int calls = Math.min(request.wanted, availability.free);
            if (request.priority == CallPriority.URGENT) {
                setWanted(calls < request.needed, availability.waitMillis);
            }
            long grant = calls == 0 ? 0 : grant(calls, request.within);
            return new DrawResult(grant, calls, Duration.ofMillis(availability.waitMillis));
        });
    }

    /** The time until calls are available; zero if they are. */
    Duration delay() {
        Availability tightest = tightest();
        return tightest.free > 0 ? Duration.ZERO : Duration.ofMillis(tightest.waitMillis);
    }

    /** Estimates in how much time a number of calls is granted, if all available calls are used at once. */
    IntFunction<Duration> forecast() {
        List<IntFunction<Duration>> each = limits.stream()
                .map(limit -> limit.forecast(availability(limit)))
                .toList();
        return calls -> each.stream()
                .map(limit -> limit.apply(calls))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * Counts foreign calls, if the gateway reports fewer calls left than ours explain.
     *
     * @param left calls that the gateway's rate limit had left
     * @param age age of this report
     */
    void countForeignCalls(int left, Duration age) {
        transaction.executeWithoutResult(status -> {
            lock();
            jdbc.sql(COUNT_FOREIGN)
                    .param("budget", budget)
                    .param("counted", limits.getFirst().limit - left)
                    .param("period", limits.getFirst().periodMillis)
                    .param("age", age.toMillis())
                    .update();
        });
    }

    /** Settles finished grants. */
    void settle(Collection<Settled> done) {
        if (!done.isEmpty()) {
            transaction.executeWithoutResult(status -> settleNow(done));
        }
    }

    /** Deletes calls that no limit counts any more, and merges old ones into few rows. */
    void compact() {
        LongSummaryStatistics periods =
                limits.stream().mapToLong(GrantedLimit::periodMillis).summaryStatistics();
        jdbc.sql(COMPACT)
                .param("budget", budget)
                .param("shortest", periods.getMin())
                .param("longest", periods.getMax())
                .update();
    }

    private void settleNow(Collection<Settled> done) {
        if (!done.isEmpty()) {
            jdbc.sql(SETTLE)
                    .param("ids", done.stream().map(Settled::grant).toArray(Long[]::new))
                    .param("used", done.stream().map(Settled::used).toArray(Integer[]::new))
                    .param("agos", done.stream().map(s -> s.ago().toMillis()).toArray(Long[]::new))
                    .update();
        }
    }

    private BudgetRow lock() {
        return locked().or(() -> {
                    jdbc.sql(INSERT_BUDGET).param("budget", budget).update();
                    return locked();
                })
                .orElseThrow();
    }

    private Optional<BudgetRow> locked() {
        return jdbc.sql(LOCK)
                .param("budget", budget)
                .query((row, n) -> new BudgetRow(row.getLong("backoff_ms"), row.getBoolean("wanted")))
                .optional();
    }

    private Availability availability(BudgetRow budgetRow, CallPriority callPriority, Collection<Settled> done) {
        settleNow(done);
        if (budgetRow.backoffMillis > 0) {
            return new Availability(0, budgetRow.backoffMillis);
        }
        Availability tightest = tightest();
        // urgent calls of any node come first
        return budgetRow.wanted && callPriority != CallPriority.URGENT
                ? new Availability(0, Math.max(tightest.waitMillis, 1000))
                : tightest;
    }

    private Availability tightest() {
        return limits.stream()
                .map(this::availability)
                .min(Comparator.comparingInt(Availability::free)
                        .thenComparing(Availability::waitMillis, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private Availability availability(GrantedLimit limit) {
        return jdbc.sql(USED_CALLS)
                .param("budget", budget)
                .param("period", limit.periodMillis)
                .query((row, n) -> new Availability(
                        (int) Math.max(0, limit.calls - row.getLong("used")), Math.max(1, row.getLong("wait_ms") + 1)))
                .single();
    }

    /** Marks that urgent calls wait. The mark outlasts the wait, so that they can ask again first. */
    private void setWanted(boolean tooFew, long waitMillis) {
        jdbc.sql(SET_WANTED)
                .param("budget", budget)
                .param("short", tooFew)
                .param("wait", waitMillis + Math.min(MAX_EXTRA_WAIT_MILLIS, limits.getFirst().periodMillis / 10))
                .update();
    }

    private long grant(int calls, Duration within) {
        return jdbc.sql(GRANT)
                .param("budget", budget)
                .param("calls", calls)
                .param("within", within.toMillis())
                .query(Long.class)
                .single();
    }
}
