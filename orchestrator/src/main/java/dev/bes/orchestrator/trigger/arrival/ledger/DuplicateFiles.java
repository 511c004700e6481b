package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.text.VisibleText;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds files whose content the ledger knows already. It knows a content as long as it keeps the row of its file. */
@Component
public class DuplicateFiles {
    private final JdbcClient jdbc;

    public DuplicateFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Why a file is not scored: its content was, or is being scored. In the same transaction the caller records what becomes of
     * the file; until it ends, other nodes with the same content wait.
     *
     * @param folder its drop folder or container
     * @param name only the last file of this name counts; null if every file does
     * @return empty if the content is new
     */
    public Optional<String> earlier(String definition, String folder, @Nullable String name, String sha256) {
        lock(List.of(new Content(definition, sha256)));
        String last = """
                SELECT coalesce(run_id, scored_by) AS run_id, name, sha256 FROM dropped_file WHERE definition = :definition
                    AND coalesce(run_id, scored_by) IS NOT NULL AND location IN ('processing', 'archive', 'deleted', 'left')""";
        String sql = name == null
                ? last + " AND sha256 = :sha256 ORDER BY number LIMIT 1"
                : "SELECT * FROM (" + last + " AND folder = :folder AND name = :name ORDER BY number DESC LIMIT 1) last"
                        + " WHERE sha256 = :sha256";
        return jdbc.sql(sql)
                .param("definition", definition)
                .param("folder", folder)
                .param("name", name)
                .param("sha256", sha256)
                .query((row, n) -> new Scored(row.getString("name"), row.getLong("run_id")).reason())
                .optional();
    }

    /** A content for a definition. */
    public record Content(String definition, String sha256) {}

    /** The file that has a content, and the run that scores it or has scored it. */
    public record Scored(String name, long run) {
        /** Why another file with that content is not scored. */
        public String reason() {
            return "its content is that of '%s', which run %d scores or has scored ('duplicates')"
                    .formatted(VisibleText.name(name), run);
        }
    }

    /** Makes other nodes wait that have one of these contents, until the transaction of the caller ends. */
    public void lock(Collection<Content> contents) {
        // all nodes in one order, so that they do not wait for each other in a circle
        String[] keys = contents.stream()
                .map(content -> content.definition + ' ' + content.sha256)
                .distinct()
                .sorted()
                .toArray(String[]::new);
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(content, 0)) FROM unnest(:contents) AS content")
                .param("contents", keys)
                .query((row, n) -> 0)
                .list();
    }

    /** The contents among these that were scored, or are being scored, each with the first file that has it. */
    public Map<Content, Scored> scored(Collection<Content> contents) {
        Map<Content, Scored> scored = new HashMap<>();
        jdbc.sql("""
                SELECT DISTINCT ON (d.definition, d.sha256) d.definition, d.sha256, d.name, coalesce(d.run_id, d.scored_by) AS run
                FROM json_to_recordset(:rows::json) AS s(definition text, sha256 text)
                JOIN dropped_file d ON d.sha256 = s.sha256 AND d.definition = s.definition
                WHERE coalesce(d.run_id, d.scored_by) IS NOT NULL AND d.location IN ('processing', 'archive', 'deleted', 'left')
                ORDER BY d.definition, d.sha256, d.number""").param("rows", JsonRows.rows(contents)).query(row -> {
            scored.put(
                    new Content(row.getString("definition"), row.getString("sha256")),
                    new Scored(row.getString("name"), row.getLong("run")));
        });
        return scored;
    }
}
