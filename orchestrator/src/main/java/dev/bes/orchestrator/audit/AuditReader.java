package dev.bes.orchestrator.audit;

import dev.bes.orchestrator.audit.AuditFilter.Order;
import dev.bes.orchestrator.audit.AuditFilter.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit. */
@Component
public class AuditReader {
    private static final String COLUMNS =
            "id, at, actor, via, address, request, action, object, definition, outcome, before, after, node";

    private static final String OF_ALL = "SELECT " + COLUMNS + " FROM audit WHERE true%1$s%2$s LIMIT :limit";

    /** The first of each definition of the scope, of which the first are taken. The names are found by skipping through the index. */
    private static final String OF_EACH_DEFINITION = """
            WITH RECURSIVE known AS (
                (SELECT definition FROM audit WHERE definition IS NOT NULL ORDER BY definition LIMIT 1)
                UNION ALL
                SELECT (SELECT a.definition FROM audit a WHERE a.definition > known.definition ORDER BY a.definition LIMIT 1)
                FROM known WHERE known.definition IS NOT NULL)
            SELECT of_one.* FROM known CROSS JOIN LATERAL (
                SELECT COLUMNS FROM audit WHERE audit.definition = known.definition%1$s%2$s LIMIT :limit) of_one
            WHERE known.definition LIKE ANY(:scope)%2$s LIMIT :limit""".replace("COLUMNS", COLUMNS);

    private final JdbcClient jdbc;

    public AuditReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Rows, newest first.
     *
     * @param limit how many at most
     */
    public List<AuditRow> list(AuditFilter filter, int limit) {
        return list(filter, Order.NEWEST, limit);
    }

    /**
     * Rows by time.
     *
     * @param limit how many at most
     */
    public List<AuditRow> list(AuditFilter filter, Order order, int limit) {
        Long before = filter.before();
        Optional<OffsetDateTime> last = before == null ? Optional.empty() : at(before);
        if (before != null && last.isEmpty()) {
            // the oldest rows are purged first: there is none before it
            return List.of();
        }
        boolean byDefinition = !filter.scope().isAll() && filter.definition() == null;
        Optional<Position> after = Optional.ofNullable(order.after());
        return jdbc.sql((byDefinition ? OF_EACH_DEFINITION : OF_ALL)
                        .formatted(
                                conditions(filter) + beyond(order),
                                " ORDER BY at %1$s, id %1$s".formatted(order.descending() ? "DESC" : "ASC")))
                .param("afterTime", time(after.map(Position::at).orElse(null)))
                .param("afterId", after.map(Position::id).orElse(null))
                .param("before", before)
                .param("last", last.orElse(null))
                .param("actor", filter.actor())
                .param(
                        "action",
                        filter.action() == null ? null : filter.action().word())
                .param("object", filter.object())
                .param("definition", filter.definition())
                .param(
                        "outcome",
                        filter.outcome() == null ? null : filter.outcome().word())
                .param("from", time(filter.from()))
                .param("to", time(filter.to()))
                .param("scope", filter.scope().likePatterns())
                .param("limit", limit)
                .query(AuditReader::row)
                .list();
    }

    private Optional<OffsetDateTime> at(long id) {
        return jdbc.sql("SELECT at FROM audit WHERE id = :id")
                .param("id", id)
                .query(OffsetDateTime.class)
                .optional();
    }

    private static String conditions(AuditFilter filter) {
        return (filter.before() == null ? "" : " AND (at, id) < (:last, :before)")
                + (filter.actor() == null ? "" : " AND actor = :actor")
                + (filter.action() == null ? "" : " AND action = :action")
                + (filter.object() == null ? "" : " AND object = :object")
                + (filter.outcome() == null ? "" : " AND outcome = :outcome")
                + (filter.from() == null ? "" : " AND at >= :from")
                + (filter.to() == null ? "" : " AND at < :to")
                + (filter.definition() == null ? "" : " AND definition = :definition AND definition LIKE ANY(:scope)");
    }

    private static String beyond(Order order) {
        return order.after() == null
                ? ""
                : " AND (at, id) " + (order.descending() ? "<" : ">") + " (:afterTime, :afterId)";
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static AuditRow row(ResultSet row, int number) throws SQLException {
        return new AuditRow(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("via"),
                row.getString("address"),
                row.getString("request"),
                row.getString("action"),
                row.getString("object"),
                row.getString("definition"),
                row.getString("outcome"),
                row.getString("before"),
                row.getString("after"),
                row.getString("node"));
    }
}
