package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Starts runs that wait for an earlier run of their schedule, and those that a node has left behind. */
@Component
public class PendingFires {
    private static final Logger LOG = LoggerFactory.getLogger(PendingFires.class);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);
    private static final int BATCH = 100;

    private final RecordedFires recorded;
    private final ScheduleFires fires;
    private final Definitions definitions;

    public PendingFires(RecordedFires recorded, ScheduleFires fires, Definitions definitions) {
        this.recorded = recorded;
        this.fires = fires;
        this.definitions = definitions;
    }

    /** Starts what may start now: of each schedule the oldest one. */
    @Scheduled(fixedDelay = 2_000)
    public void start() {
        try {
            Set<String> seen = new HashSet<>();
            for (RecordedFire pending : recorded.pending(LEFT_BEHIND, BATCH)) {
                if (seen.add(pending.definition() + " " + pending.schedule())) {
                    Definition definition =
                            definitions.find(pending.definition()).orElse(null);
                    Schedule schedule = definition == null
                            ? null
                            : definition.triggers().schedule(pending.schedule()).orElse(null);
                    fires.resume(pending, definition, schedule);
                }
            }
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "Runs of schedules that wait cannot be started", e);
        }
    }
}
