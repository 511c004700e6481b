package dev.bes.orchestrator.run.claim;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.Facts;
import dev.bes.orchestrator.run.Claim.Part;
import dev.bes.orchestrator.run.Claim.RowPart;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;

/** Reads claimed rows. */
final class ClaimRowMapper implements RowMapper<Claim> {
    private static final TypeReference<Map<String, InputSource>> INPUTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};
    private static final TypeReference<Map<String, StagedInput>> STAGED = new TypeReference<>() {};

    private final FrozenDefinitions frozen;

    ClaimRowMapper(FrozenDefinitions frozen) {
        this.frozen = frozen;
    }

    @Override
    public Claim mapRow(ResultSet row, int n) throws SQLException {
        return new Claim(
                row.getLong("id"),
                row.getLong("run_id"),
                row.getInt("position"),
                row.getString("endpoint"),
                new ScoringState(Step.valueOf(row.getString("step")), State.of(row.getString("state"))),
                StopReason.of(row.getString("stop_reason")),
                row.getInt("attempt"),
                row.getLong("epoch"),
                row.getInt("failures"),
                row.getInt("not_found_count"),
                row.getInt("expired_leases"),
                row.getInt("unreadable_inputs"),
                JsonRows.map(row, "inputs", INPUTS),
                JsonRows.map(row, "parameters", PARAMETERS),
                row.getString("delivery"),
                frozen.get(row.getString("definition_hash")),
                row.getString("staged") == null ? null : facts(row),
                inStepSince(row),
                row.getString("traceparent"));
    }

    private static @Nullable Long inStepSince(ResultSet row) throws SQLException {
        Duration ago = duration(row, "in_step_ms");
        return ago == null ? null : (Long) (System.nanoTime() - ago.toNanos());
    }

    private static Facts facts(ResultSet row) throws SQLException {
        return new Facts(
                JsonRows.map(row, "staged", STAGED),
                row.getLong("rows_in"),
                row.getObject("nonce", UUID.class),
                row.getString("job_id"),
                row.getInt("intents"),
                duration(row, "since_submitted_ms"),
                duration(row, "since_started_ms"),
                duration(row, "since_scored_ms"),
                JsonRows.value(row, "part", Part.class),
                row.getString("parts") == null ? null : JsonRows.list(row, "parts", RowPart.class));
    }

    private static @Nullable Duration duration(ResultSet row, String millis) throws SQLException {
        long value = row.getLong(millis);
        return row.wasNull() ? null : Duration.ofMillis(value);
    }
}
