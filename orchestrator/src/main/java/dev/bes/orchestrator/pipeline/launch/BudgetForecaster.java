package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.Endpoints.LimitedSubscription;
import dev.bes.orchestrator.run.forecast.CallForecaster;
import dev.bes.orchestrator.run.forecast.CallForecasts;
import dev.bes.orchestrator.run.forecast.CallForecasts.Backlog;
import dev.bes.orchestrator.run.forecast.CallForecasts.Saying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Forecasts which runs the call limits of the managed API delay, and until when. Older runs come first. Each job counts as a
 * submit, a start and two polls; each scoring counts as one call if the definition allows one-call scoring. Scorings that share a job
 * need that of their carrier alone. A run that is
 * being accepted comes after the backlog of the last refresh and after the runs accepted by this node since.
 */
@Component
class BudgetForecaster implements CallForecaster, InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetForecaster.class);
    private static final int LAUNCH_CALLS = 2;
    private static final int POLL_CALLS = 2;
    private static final int ONE_CALL = 1;

    private final Endpoints endpoints;
    private final CallForecasts callForecasts;
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    BudgetForecaster(Endpoints endpoints, CallForecasts callForecasts) {
        this.endpoints = endpoints;
        this.callForecasts = callForecasts;
    }

    @Override
    public @Nullable Ahead ahead(Definition definition, int scorings) {
        Queue queue = queues.get(definition.endpoint());
        return queue == null
                ? null
                : queue.join(calls(definition.requestResponse() != null, jobs(definition, scorings), 0));
    }

    /** Refreshes before a run can be accepted. */
    @Override
    public void afterPropertiesSet() {
        refresh();
    }

    @Scheduled(fixedDelayString = "5s", initialDelayString = "5s")
    void refresh() {
        try {
            endpoints.limitedSubscriptions().forEach(this::refresh);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database is not reachable; forecasts are refreshed later", e);
        }
    }

    private void refresh(LimitedSubscription limited) {
        List<String> limits = limited.limits().stream().map(CallLimit::toString).toList();
        Queue queue = new Queue(limited.forecast(), limits, new AtomicLong());
        List<Saying> sayings = new ArrayList<>();
        for (Backlog run : callForecasts.backlog(limited.endpoints())) {
            long calls = calls(run.atOnce(), run.unlaunched(), run.launched());
            // all its scorings share jobs of other runs, of which the same is said
            Ahead ahead = calls == 0 ? new Ahead(0, Duration.ZERO, limits) : queue.join(calls);
            sayings.add(new Saying(run.run(), ahead));
        }
        limited.endpoints().forEach(endpoint -> queues.put(endpoint, queue));
        if (!sayings.isEmpty()) {
            callForecasts.say(sayings);
        }
    }

    /** Scorings that share jobs need fewer. */
    private static int jobs(Definition definition, int scorings) {
        return definition.fold() == null
                ? scorings
                : Math.ceilDiv(scorings, definition.fold().files());
    }

    private static long calls(boolean oneCall, long unlaunched, long launched) {
        return unlaunched * (oneCall ? ONE_CALL : LAUNCH_CALLS + POLL_CALLS) + launched * POLL_CALLS;
    }

    /** The calls that one subscription needs, as of the last refresh. */
    private record Queue(IntFunction<Duration> forecast, List<String> limits, AtomicLong needed) {
        Ahead join(long calls) {
            long all = needed.addAndGet(calls);
            return new Ahead(calls, forecast.apply((int) Math.min(all, Integer.MAX_VALUE)), limits);
        }
    }
}
