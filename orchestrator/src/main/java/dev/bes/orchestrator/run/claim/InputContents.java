package dev.bes.orchestrator.run.claim;

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

    /** Inserts the files of a run, in the transaction that inserts the run. */
    public void insert(long run, Map<UUID, byte[]> contents) {
        contents.forEach((id, content) -> jdbc.sql(
                        "INSERT INTO input_content (id, run_id, content) VALUES (:id, :run, :content)")
                .param("id", id)
                .param("run", run)
                .param("content", content)
                .update());
    }

    /** The bytes of a file; empty if its run was purged. */
    public Optional<byte[]> find(UUID id) {
        return jdbc.sql("SELECT content FROM input_content WHERE id = :id")
                .param("id", id)
                .query((row, n) -> row.getBytes("content"))
                .optional();
    }
}
