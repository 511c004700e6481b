package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Order;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Position;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the record of fire times for the API and the pages. */
@Component
public class FireReader {
    private final JdbcClient jdbc;

    public FireReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Fire times, by time.
     *
     * @param limit how many at most
     */
    public List<RecordedFire> list(FireFilter filter, Order order, int limit) {
        String direction = order.descending() ? "DESC" : "ASC";
        Optional<Position> after = Optional.ofNullable(order.after());
        return jdbc.sql("SELECT %s FROM schedule_fire WHERE definition LIKE ANY(:scope)%s"
                                .formatted(RecordedFire.COLUMNS, conditions(filter, order))
                        + " ORDER BY fire_time %1$s, definition %1$s, schedule %1$s LIMIT :limit".formatted(direction))
                .param("scope", filter.scope().likePatterns())
                .param("definition", filter.definition())
                .param("schedule", filter.schedule())
                .param(
                        "outcome",
                        filter.outcome() == null ? null : filter.outcome().word())
                .param("from", time(filter.from()))
                .param("to", time(filter.to()))
                .param("afterTime", time(after.map(Position::time).orElse(null)))
                .param("afterDefinition", after.map(Position::definition).orElse(null))
                .param("afterSchedule", after.map(Position::schedule).orElse(null))
                .param("limit", limit)
                .query((row, n) -> RecordedFire.of(row))
                .list();
    }

    private static String conditions(FireFilter filter, Order order) {
        String beyond = order.descending() ? "<" : ">";
        return (filter.definition() == null ? "" : " AND definition = :definition")
                + (filter.schedule() == null ? "" : " AND schedule = :schedule")
                + (filter.outcome() == null ? "" : " AND outcome = :outcome")
                + (filter.from() == null ? "" : " AND fire_time >= :from")
                + (filter.to() == null ? "" : " AND fire_time < :to")
                + (order.after() == null
                        ? ""
                        : " AND (fire_time, definition, schedule) " + beyond
                                + " (:afterTime, :afterDefinition, :afterSchedule)");
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
