package dev.bes.orchestrator.trigger.arrival.ledger;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the dropped files and the blobs of a run are now. They move when it has ended, while it keeps their first paths. */
@Component
public class ArchivedFiles {
    private final JdbcClient jdbc;

    public ArchivedFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The present paths of the files of a run that are as they were scored, by name. */
    public Map<String, String> of(long run) {
        Map<String, String> paths = new HashMap<>();
        jdbc.sql("""
                SELECT name, path FROM dropped_file
                WHERE (run_id = :run OR scored_by = :run) AND location IN ('archive', 'failed') AND path IS NOT NULL AND store IS NULL""").param("run", run).query(row -> {
            paths.put(row.getString("name"), row.getString("path"));
        });
        return paths;
    }

    /**
     * A blob that is no longer where it was scored.
     *
     * @param path store and path of its copy in the archive; null if it was deleted
     */
    public record MovedBlob(@Nullable String path) {}

    /** The blobs of a run that were archived or deleted after it had scored them, by store and path. */
    public Map<String, MovedBlob> blobsOf(long run) {
        Map<String, MovedBlob> moved = new HashMap<>();
        jdbc.sql("""
                SELECT folder || name AS blob, path FROM dropped_file
                WHERE (run_id = :run OR scored_by = :run) AND location IN ('archive', 'deleted') AND store IS NOT NULL""").param("run", run).query(row -> {
            moved.put(row.getString("blob"), new MovedBlob(row.getString("path")));
        });
        return moved;
    }
}
