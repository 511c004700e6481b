package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.Endpoints.Limited;
import dev.bes.orchestrator.run.Forecasts;
import dev.bes.orchestrator.run.Forecasts.Backlog;
import dev.bes.orchestrator.run.Forecasts.Saying;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Says in advance which runs the limits of the managed API hold up, and until when: older runs first, as if each job took
 * a submit, a start and two polls.
 */
@Component
class Foresight {
    private static final Logger LOG = LoggerFactory.getLogger(Foresight.class);
    private static final int LAUNCH = 2;
    private static final int POLLS = 2;

    private final Endpoints endpoints;
    private final Forecasts forecasts;

    Foresight(Endpoints endpoints, Forecasts forecasts) {
        this.endpoints = endpoints;
        this.forecasts = forecasts;
    }

    @Scheduled(fixedDelayString = "5s", initialDelayString = "1s")
    void look() {
        try {
            endpoints.limited().forEach(this::look);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database is away; forecasts wait", e);
        }
    }

    private void look(Limited limited) {
        List<String> limits = limited.limits().stream().map(CallLimit::toString).toList();
        List<Saying> sayings = new ArrayList<>();
        long ahead = 0;
        for (Backlog run : forecasts.backlog(limited.endpoints())) {
            long calls = (long) run.unlaunched() * (LAUNCH + POLLS) + (long) run.launched() * POLLS;
            ahead += calls;
            Duration time = limited.forecast().apply((int) Math.min(ahead, Integer.MAX_VALUE));
            sayings.add(new Saying(run.run(), calls, time, limits));
        }
        List<Long> first = sayings.isEmpty() ? List.of() : forecasts.say(sayings);
        sayings.stream()
                .filter(s -> first.contains(s.run()) && s.time().isPositive())
                .forEach(s -> LOG.warn(
                        "Run {} needs about {} calls; the limits of the managed API ({}) let them through in {} at the soonest",
                        s.run(),
                        s.calls(),
                        String.join(", ", limits),
                        s.time()));
    }
}
