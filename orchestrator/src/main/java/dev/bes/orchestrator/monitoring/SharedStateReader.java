package dev.bes.orchestrator.monitoring;

import dev.bes.orchestrator.remote.budget.UsedCalls;
import dev.bes.orchestrator.run.query.UnfinishedWork;
import dev.bes.orchestrator.run.query.UnfinishedWork.Scorings;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reads the state that all nodes share, at intervals and not for each scrape. Reading takes at most a twentieth of the time,
 * however much is unfinished. While the database is away, the gauges keep their values and their age grows.
 */
@Component
class SharedStateReader {
    private static final Logger LOG = LoggerFactory.getLogger(SharedStateReader.class);
    private static final int PAUSES_PER_READING = 20;

    private final UnfinishedWork unfinishedWork;
    private final TakenFiles takenFiles;
    private final UsedCalls usedCalls;
    private final UnfinishedGauges gauges;
    private final BacklogGauges backlog;
    private final GaugeFamily allowed;
    private final GaugeFamily used;
    private volatile TakenFiles.Taken taken = new TakenFiles.Taken(0, Duration.ZERO);
    private volatile long readAt = System.nanoTime();
    private volatile long pauseUntil = readAt;

    SharedStateReader(
            UnfinishedWork unfinishedWork,
            TakenFiles takenFiles,
            UsedCalls usedCalls,
            UnfinishedGauges gauges,
            BacklogGauges backlog,
            MeterRegistry registry) {
        this.unfinishedWork = unfinishedWork;
        this.takenFiles = takenFiles;
        this.usedCalls = usedCalls;
        this.gauges = gauges;
        this.backlog = backlog;
        this.allowed = new GaugeFamily(
                registry, "orchestrator.budget.allowed.calls", null, "Calls that a limit allows in its period");
        this.used = new GaugeFamily(
                registry,
                "orchestrator.budget.used.calls",
                null,
                "Calls of all nodes that count against the limit now");
        Gauge.builder("orchestrator.files.processing", () -> taken.count())
                .description("Dropped files that are taken and not put away yet")
                .register(registry);
        Gauge.builder("orchestrator.files.oldest.age", () -> taken.age().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("Time since the oldest of them was taken")
                .register(registry);
        Gauge.builder("orchestrator.shared.state.age", () -> (System.nanoTime() - readAt) / 1e9)
                .baseUnit("seconds")
                .description("Age of the gauges that are read from the database")
                .register(registry);
    }

    /** Reads everything once. */
    @Scheduled(fixedDelayString = "${orchestrator.monitoring.interval:15s}")
    void read() {
        long start = System.nanoTime();
        if (start - pauseUntil < 0) {
            return;
        }
        try {
            List<Scorings> scorings = unfinishedWork.scorings();
            gauges.showScorings(scorings);
            backlog.show(scorings);
            gauges.showRuns(unfinishedWork.runs());
            taken = takenFiles.count();
            showCalls();
            readAt = System.nanoTime();
            pauseUntil = readAt + PAUSES_PER_READING * (readAt - start);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The gauges keep their values, since the database is not available", e);
        }
    }

    private void showCalls() {
        Map<Tags, Double> limits = new HashMap<>();
        Map<Tags, Double> counted = new HashMap<>();
        usedCalls.all().forEach(each -> {
            Tags tags = Tags.of("budget", each.budget(), "period", each.periodSeconds() + "s");
            limits.put(tags, (double) each.allowed());
            counted.put(tags, (double) each.used());
        });
        allowed.show(limits);
        used.show(counted);
    }
}
