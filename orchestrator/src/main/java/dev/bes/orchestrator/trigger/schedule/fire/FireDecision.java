package dev.bes.orchestrator.trigger.schedule.fire;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a fire time.
 *
 * @param time the fire time
 * @param outcome whether a run starts
 * @param reason why, in words; null if a run starts in time
 */
public record FireDecision(
        Instant time, Outcome outcome, @Nullable String reason) {

    /** Whether a run starts. */
    public enum Outcome {
        /** A run is to start and is not accepted yet. */
        STARTING,
        /** A run was accepted. */
        STARTED,
        /** A run starts after an earlier one. */
        QUEUED,
        /** A run was recorded as failed, because it could not be accepted. */
        REJECTED,
        /** The day is no business day. */
        CLOSED,
        /** The schedule was paused. */
        PAUSED,
        /** No node could start the run in time. */
        MISSED,
        /** An earlier run was unfinished. */
        OVERLAPPED;

        /** As the table and the API have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The outcome that the table and the API call so.
         *
         * @throws IllegalArgumentException if there is none
         */
        static Outcome of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The same fire time with another outcome. */
    public FireDecision with(Outcome other, @Nullable String why) {
        return new FireDecision(time, other, why);
    }
}
