package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FrozenDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Definitions as runs froze them: each content once, by its hash. */
@Component
public class FrozenDefinitions {
    private final JdbcClient jdbc;
    private final Map<String, Definition> known = new ConcurrentHashMap<>();
    private final Map<Definition, Frozen> frozen = new ConcurrentHashMap<>();

    public FrozenDefinitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A definition as the database keeps it. */
    public record Frozen(String hash, String json) {
        static Frozen of(Definition definition) {
            FrozenDefinition frozen = FrozenDefinition.of(definition);
            return new Frozen(frozen.sha256(), frozen.json());
        }
    }

    public Frozen freeze(Definition definition) {
        return frozen.computeIfAbsent(definition, Frozen::of);
    }

    /** The definition of a hash that a run has. */
    public Definition get(String hash) {
        return known.computeIfAbsent(hash, this::read);
    }

    private Definition read(String hash) {
        String content = jdbc.sql("SELECT content FROM frozen_definition WHERE hash = :hash")
                .param("hash", hash)
                .query(String.class)
                .single();
        return new FrozenDefinition(content).definition();
    }
}
