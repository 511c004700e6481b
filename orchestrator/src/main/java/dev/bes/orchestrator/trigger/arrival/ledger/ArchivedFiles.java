package dev.bes.orchestrator.trigger.arrival.ledger;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the dropped files of a run are now. A file moves when its run has ended, while the run keeps its first path. */
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
}
