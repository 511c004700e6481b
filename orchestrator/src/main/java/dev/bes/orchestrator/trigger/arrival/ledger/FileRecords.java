package dev.bes.orchestrator.trigger.arrival.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the ledger of files for people and programs. */
@Component
public class FileRecords {
    private static final String ROWS = """
            SELECT number, definition, folder, name, location, reason, bytes, modified_at, coalesce(run_id, scored_by) AS run_id, path, store, version,
                coalesce(seen_at, taken_at) AS seen, coalesce(moved_at, taken_at) AS since
            FROM dropped_file WHERE\s""";

    /** Files in folders below a drop folder, by their own names; as the index has them. */
    private static final String BELOW = "strpos(name, '/') > 0 AND split_part(name, '/', -1) = :name";

    private final JdbcClient jdbc;

    public FileRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Files in order of their numbers.
     *
     * @param descending whether the newest come first
     * @param after only those after this number in that order; null for all
     * @param limit how many at most
     */
    public List<FileRecord> list(FileFilter filter, boolean descending, @Nullable Long after, int limit) {
        return jdbc.sql(ROWS + "true" + conditions(filter)
                        + (after == null ? "" : descending ? " AND number < :after" : " AND number > :after")
                        + " ORDER BY number" + (descending ? " DESC" : "") + " LIMIT :limit")
                .param("scope", filter.scope().likePatterns())
                .param("definition", filter.definition())
                .param("name", filter.name())
                .param("begin", begin(filter.name()))
                .param("from", time(filter.from()))
                .param("to", time(filter.to()))
                .param("after", after)
                .param("limit", limit)
                .query(FileRecords::row)
                .list();
    }

    /** The file of that number. */
    public Optional<FileRecord> find(long id) {
        return jdbc.sql(ROWS + "number = :id")
                .param("id", id)
                .query(FileRecords::row)
                .optional();
    }

    /** Files that lie in a drop folder and will be taken from there by a definition, by name. */
    public List<FileRecord> waiting(String folder, String definition, int limit) {
        return jdbc.sql(ROWS + """
                folder = :folder AND definition = :definition AND location IN ('seen', 'settling', 'complete', 'grouped')
                ORDER BY name LIMIT :limit""")
                .param("folder", folder)
                .param("definition", definition)
                .param("limit", limit)
                .query(FileRecords::row)
                .list();
    }

    private static String conditions(FileFilter filter) {
        return (filter.scope().isAll() ? "" : " AND definition LIKE ANY(:scope)")
                + (filter.definition() == null ? "" : " AND definition = :definition")
                + (filter.state() == null ? "" : " AND " + filter.state().condition())
                + (filter.name() == null
                        ? ""
                        : filter.name().endsWith("*")
                                ? " AND name LIKE :begin"
                                : " AND (name = :name OR " + BELOW + ")")
                + (filter.from() == null ? "" : " AND coalesce(seen_at, taken_at) >= :from")
                + (filter.to() == null ? "" : " AND coalesce(seen_at, taken_at) < :to");
    }

    private static @Nullable String begin(@Nullable String name) {
        return name == null || !name.endsWith("*")
                ? null
                : name.substring(0, name.length() - 1).replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static FileRecord row(ResultSet row, int n) throws SQLException {
        return new FileRecord(
                row.getLong("number"),
                row.getString("definition"),
                row.getString("folder"),
                row.getString("name"),
                FileState.at(row.getString("location")),
                row.getString("reason"),
                row.getLong("bytes"),
                instant(row, "modified_at"),
                Objects.requireNonNull(instant(row, "seen")),
                Objects.requireNonNull(instant(row, "since")),
                row.getObject("run_id", Long.class),
                row.getString("path"),
                row.getString("store"),
                row.getString("version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
