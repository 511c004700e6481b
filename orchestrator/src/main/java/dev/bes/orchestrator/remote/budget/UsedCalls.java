package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.CallLimit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how many calls of each limit are used, for monitoring. */
@Component
public class UsedCalls {
    private static final String USED = """
            SELECT b.budget, b.calls, b.period_ms, coalesce((
                SELECT sum(g.calls) FROM call_grant g
                WHERE g.budget = b.budget AND g.done_at > clock_timestamp() - b.period_ms * interval '1 ms'), 0) AS used
            FROM unnest(:budgets, :calls, :periods) AS b(budget, calls, period_ms)""";

    private final JdbcClient jdbc;
    private final Budgets budgets;

    UsedCalls(JdbcClient jdbc, Budgets budgets) {
        this.jdbc = jdbc;
        this.budgets = budgets;
    }

    /**
     * The calls of a limit.
     *
     * @param budget name of the call budget: the first endpoint of its subscription
     * @param allowed calls of all nodes in a period
     * @param periodSeconds length of the period
     * @param used calls that were granted and count now
     */
    public record Used(String budget, long allowed, long periodSeconds, long used) {}

    /** All limits of all subscriptions. */
    public List<Used> all() {
        List<Map.Entry<String, CallLimit>> limits = budgets.subscriptions().stream()
                .flatMap(each -> each.limits().stream()
                        .map(limit -> Map.entry(each.endpoints().iterator().next(), limit)))
                .toList();
        return limits.isEmpty() ? List.of() : read(limits);
    }

    private List<Used> read(List<Map.Entry<String, CallLimit>> limits) {
        Stream<CallLimit> values = limits.stream().map(Map.Entry::getValue);
        return jdbc.sql(USED)
                .param("budgets", limits.stream().map(Map.Entry::getKey).toArray(String[]::new))
                .param("calls", values.map(CallLimit::calls).toArray(Integer[]::new))
                .param(
                        "periods",
                        limits.stream()
                                .map(limit -> limit.getValue().period().toMillis())
                                .toArray(Long[]::new))
                .query((row, n) -> new Used(
                        row.getString("budget"),
                        row.getLong("calls"),
                        row.getLong("period_ms") / 1000,
                        row.getLong("used")))
                .list();
    }
}
