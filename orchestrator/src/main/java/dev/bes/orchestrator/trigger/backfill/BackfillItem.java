package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.database.JsonRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A fire time of a backfill.
 *
 * @param position its place in the order of starts, from 1
 * @param partition key of the part of the data that its run is about
 * @param occurrence key of its run
 * @param reason why its run was rejected; null otherwise
 * @param run its run; null without one
 */
public record BackfillItem(
        long backfill,
        int position,
        Instant fireTime,
        String partition,
        Map<String, String> parameters,
        String occurrence,
        Outcome outcome,
        @Nullable String reason,
        @Nullable Long run) {

    /** What has become of a time. */
    public enum Outcome {
        /** Its run is yet to be started. */
        WAITING,
        /** Its run is about to be accepted. */
        STARTING,
        /** Its run was started by the backfill. */
        STARTED,
        /** Its run was started by the schedule. */
        FOUND,
        /** Its run failed at once. */
        REJECTED,
        /** The backfill was cancelled before. */
        CANCELLED;

        /** The word in tables, API and command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static BackfillItem of(ResultSet row) throws SQLException {
        return new BackfillItem(
                row.getLong("backfill"),
                row.getInt("position"),
                row.getObject("fire_time", OffsetDateTime.class).toInstant(),
                row.getString("partition"),
                JsonRows.map(row, "parameters", new TypeReference<>() {}),
                row.getString("occurrence"),
                Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getObject("run_id", Long.class));
    }
}
