package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Reads what a run was accepted with, so that it can be run again. */
@Component
public class Originals {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, InputSource>> FILES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final FrozenDefinitions definitions;

    Originals(JdbcClient jdbc, FrozenDefinitions definitions) {
        this.jdbc = jdbc;
        this.definitions = definitions;
    }

    /**
     * What a run was accepted with.
     *
     * @param definition as it was frozen
     * @param occurrence the key of its occurrence
     * @param fireTime its scheduled time; null if no schedule started it
     */
    public record Original(
            Definition definition,
            String occurrence,
            Map<String, String> parameters,
            @Nullable Instant fireTime) {}

    /** The run of that number. */
    public Optional<Original> find(long run) {
        return jdbc.sql("SELECT definition_hash, occurrence, parameters, fire_time FROM run WHERE id = :run")
                .param("run", run)
                .query((row, n) -> {
                    OffsetDateTime time = row.getObject("fire_time", OffsetDateTime.class);
                    return new Original(
                            definitions.get(row.getString("definition_hash")),
                            row.getString("occurrence"),
                            JsonRows.map(row, "parameters", TEXTS),
                            time == null ? null : time.toInstant());
                })
                .optional();
    }

    /** Whether the row of a small file is kept; it is purged with the run that the file came with. */
    public boolean isKept(UUID row) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM input_content WHERE id = :id)")
                .param("id", row)
                .query(Boolean.class)
                .single();
    }

    /**
     * The inputs of its scorings, by position.
     *
     * @param failed only those of failed scorings
     */
    public List<Map<String, InputSource>> scorings(long run, boolean failed) {
        return jdbc.sql("SELECT inputs FROM scoring WHERE run_id = :run" + (failed ? " AND state = 'Failed'" : "")
                        + " ORDER BY position")
                .param("run", run)
                .query((row, n) -> JsonRows.map(row, "inputs", FILES))
                .list();
    }
}
