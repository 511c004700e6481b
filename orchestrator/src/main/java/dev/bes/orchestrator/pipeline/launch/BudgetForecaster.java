package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.Endpoints.Limited;
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
 * Says in advance which runs the limits of the managed API hold up, and until when: older runs first, as if each job took
 * a submit, a start and two polls, and as if all were small where the definition lets small inputs be scored by one call.
 * A run that is being accepted comes after all that were there at the last look, and after those accepted here since.
 */
@Component
class BudgetForecaster implements CallForecaster, InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetForecaster.class);
    private static final int LAUNCH = 2;
    private static final int POLLS = 2;
    private static final int AT_ONCE = 1;

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
        return queue == null ? null : queue.join(calls(definition.requestResponse() != null, scorings, 0));
    }

    /** Before anything can be accepted. */
    @Override
    public void afterPropertiesSet() {
        look();
    }

    @Scheduled(fixedDelayString = "5s", initialDelayString = "5s")
    void look() {
        try {
            endpoints.limited().forEach(this::look);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database is away; forecasts wait", e);
        }
    }

    private void look(Limited limited) {
        List<String> limits = limited.limits().stream().map(CallLimit::toString).toList();
        Queue queue = new Queue(limited.forecast(), limits, new AtomicLong());
        List<Saying> sayings = new ArrayList<>();
        for (Backlog run : callForecasts.backlog(limited.endpoints())) {
            sayings.add(new Saying(run.run(), queue.join(calls(run.atOnce(), run.unlaunched(), run.launched()))));
        }
        limited.endpoints().forEach(endpoint -> queues.put(endpoint, queue));
        if (!sayings.isEmpty()) {
            callForecasts.say(sayings);
        }
    }

    private static long calls(boolean atOnce, long unlaunched, long launched) {
        return unlaunched * (atOnce ? AT_ONCE : LAUNCH + POLLS) + launched * POLLS;
    }

    /** The calls that are wanted on one subscription, as of the last look. */
    private record Queue(IntFunction<Duration> forecast, List<String> limits, AtomicLong wanted) {
        Ahead join(long calls) {
            long all = wanted.addAndGet(calls);
            return new Ahead(calls, forecast.apply((int) Math.min(all, Integer.MAX_VALUE)), limits);
        }
    }
}
