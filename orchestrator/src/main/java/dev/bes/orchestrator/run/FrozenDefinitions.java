package dev.bes.orchestrator.run;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FrozenDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Definitions as runs froze them: each content once, by its hash. */
@Component
class FrozenDefinitions {
    private final JdbcClient jdbc;
    private final Map<String, Definition> known = new ConcurrentHashMap<>();

    FrozenDefinitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores the definition unless the same content is there, and keeps it from being purged meanwhile. Returns its hash. */
    String freeze(Definition definition) {
        FrozenDefinition frozen = FrozenDefinition.of(definition);
        jdbc.sql("""
                WITH known AS (SELECT FROM frozen_definition WHERE hash = :hash FOR KEY SHARE)
                INSERT INTO frozen_definition (hash, name, content)
                SELECT :hash, :name, :content::jsonb WHERE NOT EXISTS (SELECT FROM known)
                ON CONFLICT (hash) DO NOTHING""")
                .param("hash", frozen.sha256())
                .param("name", definition.name())
                .param("content", frozen.json())
                .update();
        return frozen.sha256();
    }

    Definition get(String hash) {
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
