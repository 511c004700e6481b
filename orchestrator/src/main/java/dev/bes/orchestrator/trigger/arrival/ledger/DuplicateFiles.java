package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.text.VisibleText;
import java.util.Optional;
import java.util.UUID;
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
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:content, 0))")
                .param("content", definition + ' ' + sha256)
                .query((row, n) -> 0)
                .list();
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
                .query((row, n) -> "its content is that of '%s', which run %d scores or has scored ('duplicates')"
                        .formatted(VisibleText.name(row.getString("name")), row.getLong("run_id")))
                .optional();
    }

    /** Records the hash of a taken file. */
    public void hashed(UUID id, String sha256) {
        jdbc.sql("UPDATE dropped_file SET sha256 = :sha256 WHERE id = :id")
                .param("id", id)
                .param("sha256", sha256)
                .update();
    }

    /** Records that a taken file is not scored. */
    public void record(UUID id, String sha256, String reason) {
        jdbc.sql("UPDATE dropped_file SET location = 'duplicate', sha256 = :sha256, reason = :reason"
                        + " WHERE id = :id AND location = 'taking'")
                .param("id", id)
                .param("sha256", sha256)
                .param("reason", reason)
                .update();
    }
}
