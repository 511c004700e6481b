package dev.bes.orchestrator.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the audit. */
@Component
public class AuditReader {
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
        return jdbc.sql("SELECT * FROM audit WHERE id < :before" + conditions(filter)
                        + " ORDER BY id DESC LIMIT :limit")
                .param("before", filter.before() == null ? Long.MAX_VALUE : filter.before())
                .param("actor", filter.actor())
                .param(
                        "action",
                        filter.action() == null ? null : filter.action().word())
                .param("object", filter.object())
                .param("definition", filter.definition())
                .param("from", time(filter.from()))
                .param("to", time(filter.to()))
                .param("scope", filter.scope().likePatterns())
                .param("limit", limit)
                .query(AuditReader::row)
                .list();
    }

    private static String conditions(AuditFilter filter) {
        return (filter.actor() == null ? "" : " AND actor = :actor")
                + (filter.action() == null ? "" : " AND action = :action")
                + (filter.object() == null ? "" : " AND object = :object")
                + (filter.definition() == null ? "" : " AND definition = :definition")
                + (filter.refused() ? " AND outcome = 'refused'" : "")
                + (filter.from() == null ? "" : " AND at >= :from")
                + (filter.to() == null ? "" : " AND at < :to")
                + (filter.scope().isAll() ? "" : " AND definition LIKE ANY(:scope)");
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
