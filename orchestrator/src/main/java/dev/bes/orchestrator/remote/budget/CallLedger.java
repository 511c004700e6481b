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
 * The book of all calls that nodes may make or have made on one subscription, in the database and by its clock. A call
 * counts from the moment it is granted until its limit's period after its answer: whenever the gateway counted it in
 * between, no period of the gateway ever holds more calls than were granted, fixed windows and sliding ones alike.
 */
final class CallLedger {
    private static final String OPEN = "INSERT INTO call_budget (name) VALUES (:budget) ON CONFLICT DO NOTHING";

    // one after the other, or two nodes would both be granted the last call
    private static final String LOCK = """
            SELECT extract(epoch FROM greatest(shut_until - clock_timestamp(), interval '0')) * 1000 AS shut_ms,
                   coalesce(wanted_until > clock_timestamp(), false) AS wanted
            FROM call_budget WHERE name = :budget FOR UPDATE""";

    private static final String SETTLE = """
            WITH settled AS (
                SELECT id, used, clock_timestamp() - ago_ms * interval '1 ms' AS done_at
                FROM unnest(:ids, :used, :agos) AS s(id, used, ago_ms)),
            unused AS (DELETE FROM call_grant g USING settled s WHERE g.id = s.id AND s.used = 0)
            UPDATE call_grant g SET calls = s.used, done_at = s.done_at FROM settled s
            WHERE g.id = s.id AND s.used > 0""";

    private static final String STANDING = """
            SELECT coalesce(sum(calls), 0) AS used,
                   extract(epoch FROM min(least(done_at, clock_timestamp())) + :period * interval '1 ms' - clock_timestamp())
                       * 1000 AS wait_ms
            FROM call_grant
            WHERE budget = :budget AND done_at > clock_timestamp() - :period * interval '1 ms'""";

    private static final String GRANT = """
            INSERT INTO call_grant (budget, calls, done_at)
            VALUES (:budget, :calls, clock_timestamp() + :within * interval '1 ms') RETURNING id""";

    private static final String WANTED = """
            UPDATE call_budget SET wanted_until = CASE WHEN :short
                THEN clock_timestamp() + :wait * interval '1 ms' END
            WHERE name = :budget AND (:short OR wanted_until IS NOT NULL)""";

    // ours from a little earlier are counted too: the gateway's word has its age
    private static final String FOREIGN = """
            WITH ours AS (
                SELECT coalesce(sum(calls), 0) AS calls FROM call_grant
                WHERE budget = :budget AND done_at > clock_timestamp() - (:period + :age) * interval '1 ms')
            INSERT INTO call_grant (budget, calls, done_at)
            SELECT :budget, :counted - ours.calls, clock_timestamp() FROM ours WHERE ours.calls < :counted""";

    // what only the longest limit still counts need not be known to the second
    private static final String TIDY = """
            WITH old AS (
                DELETE FROM call_grant
                WHERE budget = :budget AND done_at < clock_timestamp() - :shortest * interval '1 ms'
                RETURNING calls, done_at)
            INSERT INTO call_grant (budget, calls, done_at)
            SELECT :budget, sum(calls), max(done_at) FROM old
            WHERE done_at > clock_timestamp() - :longest * interval '1 ms'
            GROUP BY floor(extract(epoch FROM done_at) * 1000 / greatest(1, :longest / 1000))""";

    private static final long MOST_MOMENT = 2000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String budget;
    private final List<Allowed> limits;

    CallLedger(JdbcClient jdbc, TransactionTemplate transaction, String budget, List<CallLimit> limits) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.budget = budget;
        this.limits = limits.stream().map(Allowed::of).toList();
    }

    /** What is granted of a limit: a little less for large ones, since a gateway of several units counts roughly. */
    private record Allowed(int limit, int calls, long periodMillis) {
        private static final int HEADROOM_DIVISOR = 50;

        static Allowed of(CallLimit limit) {
            return new Allowed(
                    limit.calls(),
                    limit.calls() - limit.calls() / HEADROOM_DIVISOR,
                    limit.period().toMillis());
        }

        /** What was used comes back bit by bit until a period from now, and what is free then, if it is used now. */
        IntFunction<Duration> forecast(Standing now) {
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

    private record Standing(int free, long waitMillis) {}

    private record Door(long shutMillis, boolean wanted) {}

    /**
     * What a node asks for.
     *
     * @param needed calls that somebody waits for
     * @param wanted calls that it takes if there are so many
     * @param within in how much time their answers will have come, at the latest
     */
    record Ask(int needed, int wanted, CallPriority precedence, Duration within) {}

    /**
     * What came of asking for calls.
     *
     * @param grant the number under which they are settled; 0 for none
     * @param calls how many may be made
     * @param delay when there may be more, if there are none
     */
    record Drawn(long grant, int calls, Duration delay) {}

    /**
     * A grant whose calls all have their answers.
     *
     * @param used how many calls were made
     * @param ago since the last answer
     */
    record Settled(long grant, int used, Duration ago) {}

    /** Settles what is done, and grants as many calls as there are, up to what is wanted. */
    Drawn draw(Collection<Settled> done, Ask ask) {
        return transaction.execute(status -> {
            Standing standing = standing(lock(), ask.precedence, done);
            int calls = Math.min(ask.wanted, standing.free);
            if (ask.precedence == CallPriority.URGENT) {
                tellOthers(calls < ask.needed, standing.waitMillis);
            }
            long grant = calls == 0 ? 0 : grant(calls, ask.within);
            return new Drawn(grant, calls, Duration.ofMillis(standing.waitMillis));
        });
    }

    /** When there may be calls; nothing if there are some. */
    Duration delay() {
        Standing tightest = tightest();
        return tightest.free > 0 ? Duration.ZERO : Duration.ofMillis(tightest.waitMillis);
    }

    /** In how much time a number of calls will have been granted, if they are used as fast as there are any. */
    IntFunction<Duration> forecast() {
        List<IntFunction<Duration>> each =
                limits.stream().map(limit -> limit.forecast(standing(limit))).toList();
        return calls -> each.stream()
                .map(limit -> limit.apply(calls))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * Counts calls of others, if the gateway has fewer left than it would have for ours.
     *
     * @param left what the gateway's rate limit had left
     * @param age how long ago it said so
     */
    void hear(int left, Duration age) {
        transaction.executeWithoutResult(status -> {
            lock();
            jdbc.sql(FOREIGN)
                    .param("budget", budget)
                    .param("counted", limits.getFirst().limit - left)
                    .param("period", limits.getFirst().periodMillis)
                    .param("age", age.toMillis())
                    .update();
        });
    }

    /** Settles what is done. */
    void settle(Collection<Settled> done) {
        if (!done.isEmpty()) {
            transaction.executeWithoutResult(status -> settleNow(done));
        }
    }

    /** Forgets what no limit counts any more, and keeps the rest in few rows. */
    void tidy() {
        LongSummaryStatistics periods =
                limits.stream().mapToLong(Allowed::periodMillis).summaryStatistics();
        jdbc.sql(TIDY)
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

    private Door lock() {
        return locked().or(() -> {
                    jdbc.sql(OPEN).param("budget", budget).update();
                    return locked();
                })
                .orElseThrow();
    }

    private Optional<Door> locked() {
        return jdbc.sql(LOCK)
                .param("budget", budget)
                .query((row, n) -> new Door(row.getLong("shut_ms"), row.getBoolean("wanted")))
                .optional();
    }

    private Standing standing(Door door, CallPriority callPriority, Collection<Settled> done) {
        settleNow(done);
        if (door.shutMillis > 0) {
            return new Standing(0, door.shutMillis);
        }
        Standing tightest = tightest();
        // what is urgent somewhere comes first
        return door.wanted && callPriority != CallPriority.URGENT
                ? new Standing(0, Math.max(tightest.waitMillis, 1000))
                : tightest;
    }

    private Standing tightest() {
        return limits.stream()
                .map(this::standing)
                .min(Comparator.comparingInt(Standing::free)
                        .thenComparing(Standing::waitMillis, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private Standing standing(Allowed limit) {
        return jdbc.sql(STANDING)
                .param("budget", budget)
                .param("period", limit.periodMillis)
                .query((row, n) -> new Standing(
                        (int) Math.max(0, limit.calls - row.getLong("used")), Math.max(1, row.getLong("wait_ms") + 1)))
                .single();
    }

    /** Who waits for the next call asks again a moment after there is one. */
    private void tellOthers(boolean tooFew, long waitMillis) {
        jdbc.sql(WANTED)
                .param("budget", budget)
                .param("short", tooFew)
                .param("wait", waitMillis + Math.min(MOST_MOMENT, limits.getFirst().periodMillis / 10))
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
