package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Reads and keeps it in the database. */
@Component
public class StoredShadowOutputs implements ShadowOutputs {
    private static final TypeReference<Map<String, DeliveredOutput>> OUTPUTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    public StoredShadowOutputs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Delivered> deliveredOf(long shadowRun) {
        return jdbc.sql("""
                SELECT c.run_id, c.position, a.outputs, a.part FROM shadow_comparison c
                JOIN scoring s ON s.id = c.scoring_id JOIN attempt a ON a.scoring_id = s.id AND a.number = s.attempt
                WHERE c.shadow_run = :run""")
                .param("run", shadowRun)
                .query((row, n) -> new Delivered(
                        row.getLong("run_id"),
                        row.getInt("position"),
                        JsonRows.map(row, "outputs", OUTPUTS),
                        JsonRows.value(row, "part", Claim.Part.class)))
                .optional();
    }

    @Override
    public void keep(long shadowRun, Comparison found) {
        jdbc.sql("UPDATE shadow_comparison SET found = :found::jsonb WHERE shadow_run = :run AND verdict IS NULL")
                .param("found", Objects.requireNonNull(JsonRows.column(found)))
                .param("run", shadowRun)
                .update();
    }
}
