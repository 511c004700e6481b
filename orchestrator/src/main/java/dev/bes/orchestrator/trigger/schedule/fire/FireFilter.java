package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which fire times to read.
 *
 * @param scope only those of these definitions
 * @param definition only those of this definition
 * @param schedule only those of schedules of this name
 * @param outcome only those of which this became
 * @param from not before
 * @param to not at this time or later
 */
public record FireFilter(
        DefinitionScope scope,
        @Nullable String definition,
        @Nullable String schedule,
        @Nullable Outcome outcome,
        @Nullable Instant from,
        @Nullable Instant to) {

    /**
     * The order in which to read.
     *
     * @param descending whether the latest come first
     * @param after begin after this one; null to begin with the first
     */
    public record Order(boolean descending, @Nullable Position after) {}

    /** Where a fire time stands in the list. */
    public record Position(Instant time, String definition, String schedule) {}
}
