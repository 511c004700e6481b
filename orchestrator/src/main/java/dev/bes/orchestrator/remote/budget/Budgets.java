package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Endpoints.LimitedSubscription;
import dev.bes.orchestrator.remote.budget.SharedBudget.DrawLimits;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The call budgets of the endpoints. Endpoints with the same subscription key share one budget. It is named after the first
 * of them, since a key may change.
 */
@Component
public class Budgets implements LimitedCalls {
    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);
    private static final Duration LONGEST_VALID = Duration.ofSeconds(2);
    private static final Duration SHORTEST_VALID = Duration.ofMillis(20);
    private static final int BLOCKS_IN_A_LIMIT = 10;
    private static final int BLOCKS_IN_A_PERIOD = 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Map<String, CallBudget> byEndpoint = new TreeMap<>();
    private final Map<String, EndpointSettings> settings;
    private final Map<String, SharedBackoff> backoffs = new HashMap<>();
    private final Map<String, SharedBudget> counted = new TreeMap<>();

    Budgets(JdbcClient jdbc, PlatformTransactionManager transactions, RemoteSettings settings, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.settings = settings.endpoints();
        this.transaction = new TransactionTemplate(transactions);
        Map<String, CallBudget> bySubscription = new HashMap<>();
        new TreeMap<>(settings.endpoints())
                .forEach((endpoint, its) -> byEndpoint.put(
                        endpoint,
                        bySubscription.computeIfAbsent(subscription(endpoint, its), key -> budget(endpoint, its))));
    }

    /** The budget of an endpoint. */
    public CallBudget of(String endpoint) {
        return Objects.requireNonNull(byEndpoint.get(endpoint), endpoint);
    }

    @Override
    public List<LimitedSubscription> subscriptions() {
        Map<CallBudget, Set<String>> bySubscription = new LinkedHashMap<>();
        byEndpoint.forEach((name, budget) -> {
            if (!limits(name).isEmpty()) {
                bySubscription.computeIfAbsent(budget, none -> new TreeSet<>()).add(name);
            }
        });
        return bySubscription.entrySet().stream()
                .map(each -> new LimitedSubscription(
                        each.getValue(),
                        limits(each.getValue().iterator().next()),
                        each.getKey().forecast()))
                .toList();
    }

    private List<CallLimit> limits(String endpoint) {
        return Objects.requireNonNull(settings.get(endpoint), endpoint).limits();
    }

    private static String subscription(String endpoint, EndpointSettings settings) {
        return settings.subscriptionKey() == null
                ? "endpoint " + endpoint
                : "key " + settings.subscriptionKey().value();
    }

    private CallBudget budget(String name, EndpointSettings settings) {
        SharedBackoff sharedBackoff = new SharedBackoff(jdbc, name, clock);
        backoffs.put(name, sharedBackoff);
        List<CallLimit> limits = settings.limits();
        if (limits.isEmpty()) {
            return new UnlimitedBudget(sharedBackoff);
        }
        DrawLimits drawLimits = drawLimits(limits, settings.callTimeout().multipliedBy(2));
        SharedBudget budget = new SharedBudget(
                name, sharedBackoff, new CallLedger(jdbc, transaction, name, limits), drawLimits, System::nanoTime);
        counted.put(name, budget);
        return budget;
    }

    /** How a node draws on these limits. A reserved start is sent later than it was granted, and then has a time-out of its own. */
    static DrawLimits drawLimits(List<CallLimit> limits, Duration answer) {
        int most = limits.stream().mapToInt(CallLimit::calls).min().orElseThrow() / BLOCKS_IN_A_LIMIT;
        Duration shortest =
                limits.stream().map(CallLimit::period).sorted().findFirst().orElseThrow();
        Duration share = shortest.dividedBy(BLOCKS_IN_A_PERIOD);
        Duration valid = Stream.of(SHORTEST_VALID, share).sorted().toList().getLast();
        return new DrawLimits(Math.max(1, most), valid.compareTo(LONGEST_VALID) > 0 ? LONGEST_VALID : valid, answer);
    }

    /** Writes the finished calls to the database, and reads which subscriptions have to wait. */
    @Scheduled(fixedDelayString = "500ms")
    void exchange() {
        ignoringOutage(() -> {
            counted.values().forEach(SharedBudget::settle);
            SharedBackoff.remaining(jdbc).forEach((name, wait) -> {
                if (backoffs.containsKey(name)) {
                    backoffs.get(name).extend(wait);
                }
            });
        });
    }

    /** Deletes old rows of the ledger. */
    @Scheduled(fixedDelayString = "10m", initialDelayString = "1m")
    void compact() {
        ignoringOutage(() -> counted.values().forEach(SharedBudget::compact));
    }

    private static void ignoringOutage(Runnable what) {
        try {
            what.run();
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database is not available; finished calls count for longer than necessary", e);
        }
    }
}
