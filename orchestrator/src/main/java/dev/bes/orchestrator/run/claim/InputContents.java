package dev.bes.orchestrator.run.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The small files of requests, in rows that are purged with their run. */
@Component
public class InputContents {
    private final JdbcClient jdbc;

    public InputContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Inserts the files of runs, by their numbers, in the transaction that inserts the runs. */
    public void insert(Map<Long, Map<UUID, byte[]>> filesOfRuns) {
        List<UUID> ids = new ArrayList<>();
        List<Long> runs = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        filesOfRuns.forEach((run, files) -> files.forEach((id, content) -> {
            ids.add(id);
            runs.add(run);
            contents.add(content);
        }));
        if (!ids.isEmpty()) {
            jdbc.sql("INSERT INTO input_content (id, run_id, content) SELECT * FROM unnest(:ids, :runs, :contents)")
                    .param("ids", ids.toArray(UUID[]::new))
                    .param("runs", runs.toArray(Long[]::new))
                    .param("contents", contents.toArray(byte[][]::new))
                    .update();
        }
    }

    /** The bytes of a file; empty if its run was purged. */
    public Optional<byte[]> find(UUID id) {
        return jdbc.sql("SELECT content FROM input_content WHERE id = :id")
                .param("id", id)
                .query((row, n) -> row.getBytes("content"))
                .optional();
    }
}
