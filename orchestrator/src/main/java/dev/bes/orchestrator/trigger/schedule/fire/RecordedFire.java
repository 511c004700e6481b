package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger.
 *
 * @param definition name of the definition
 * @param schedule name of the schedule
 * @param decision what became of the fire time
 * @param run the run, which may have been purged; null without one
 * @param decidedAt when it was last decided, by the clock of the database
 */
public record RecordedFire(
        String definition,
        String schedule,
        FireDecision decision,
        @Nullable Long run,
        Instant decidedAt) {
    /** The columns of a row. */
    static final String COLUMNS = "definition, schedule, fire_time, outcome, reason, run_id, decided_at";

    /** How long after its fire time the run was accepted or refused, jitter included; empty if it was neither. */
    public Optional<Duration> delay() {
        return switch (decision.outcome()) {
            case STARTED, REJECTED -> Optional.of(Duration.between(decision.time(), decidedAt));
            case STARTING, QUEUED, CLOSED, PAUSED, MISSED, OVERLAPPED -> Optional.empty();
        };
    }

    static RecordedFire of(ResultSet row) throws SQLException {
        return new RecordedFire(
                row.getString("definition"),
                row.getString("schedule"),
                new FireDecision(
                        row.getObject("fire_time", OffsetDateTime.class).toInstant(),
                        Outcome.of(row.getString("outcome")),
                        row.getString("reason")),
                row.getObject("run_id", Long.class),
                row.getObject("decided_at", OffsetDateTime.class).toInstant());
    }
}
