package dev.bes.orchestrator.trigger.schedule.simulation;

import dev.bes.orchestrator.trigger.schedule.fire.FireDecision;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A fire time that is to come.
 *
 * @param definition name of the definition
 * @param schedule name of the schedule
 * @param zone time zone of the schedule
 * @param decision what becomes of it
 * @param startsAt when its run starts: late by jitter, or by the runs for which it waits; null if none starts
 */
public record SimulatedFire(
        String definition,
        String schedule,
        ZoneId zone,
        FireDecision decision,
        @Nullable Instant startsAt) {}
