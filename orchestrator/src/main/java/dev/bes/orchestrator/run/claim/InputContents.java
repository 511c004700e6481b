package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.database.transaction.SharedTransactions;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final SharedTransactions<UUID, Optional<byte[]>> reads = new SharedTransactions<>(this::find, id -> id);

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

    /** The bytes of a file; empty if its run was purged. What many read at a moment is read together. */
    public Optional<byte[]> find(UUID id) {
        return reads.run(id);
    }

    private List<Optional<byte[]>> find(List<UUID> ids) {
        Map<UUID, byte[]> found = new HashMap<>();
        jdbc.sql("SELECT id, content FROM input_content WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(row -> {
                    found.put(row.getObject("id", UUID.class), row.getBytes("content"));
                });
        return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
    }
}
