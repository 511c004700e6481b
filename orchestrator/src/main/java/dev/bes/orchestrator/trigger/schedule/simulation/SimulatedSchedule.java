package dev.bes.orchestrator.trigger.schedule.simulation;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A schedule, and what is assumed about it.
 *
 * @param definition name of its definition
 * @param runTime how long each of its runs lasts; zero if none overlaps another one
 * @param pool name of the pool whose slots its runs take; null without one
 * @param pause who has paused it and why, in words; null if it fires
 */
public record SimulatedSchedule(
        String definition,
        Schedule schedule,
        Duration runTime,
        @Nullable String pool,
        @Nullable String pause) {}
