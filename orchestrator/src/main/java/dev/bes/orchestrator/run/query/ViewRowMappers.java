package dev.bes.orchestrator.run.query;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Reads rows into views. */
final class ViewRowMappers {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, InputSource>> FILES = new TypeReference<>() {};
    // how the driver reads 'infinity'
    private static final OffsetDateTime NEVER = OffsetDateTime.MAX;

    private ViewRowMappers() {}

    static RunView run(ResultSet row, int n) throws SQLException {
        return new RunView(
                row.getLong("id"),
                row.getString("definition"),
                row.getString("trigger"),
                row.getString("occurrence"),
                State.of(row.getString("state")),
                row.getString("cause"),
                row.getInt("scorings"),
                row.getInt("live"),
                row.getInt("needing_attention"),
                row.getString("parameters") == null ? null : JsonRows.map(row, "parameters", TEXTS),
                instant(row, "fire_time"),
                known(row, "created_at"),
                instant(row, "cancel_requested_at"),
                instant(row, "ended_at"),
                row.getTimestamp("ended_at") == null ? JsonRows.value(row, "forecast", CallForecast.class) : null,
                row.getObject("rerun_of", Long.class));
    }

    static ScoringView scoring(ResultSet row, int n) throws SQLException {
        return new ScoringView(
                row.getInt("position"),
                Step.valueOf(row.getString("step")),
                State.of(row.getString("state")),
                row.getString("stop_reason"),
                Attention.of(row.getString("attention")),
                row.getString("cause"),
                names(JsonRows.map(row, "inputs", FILES)),
                instant(row, "due_at"),
                instant(row, "ended_at"),
                JsonRows.list(row, "attempts", AttemptRow.class).stream()
                        .map(AttemptRow::view)
                        .toList(),
                JsonRows.value(row, "shared_job", ScoringView.SharedJob.class));
    }

    static HistoryEntry history(ResultSet row, int n) throws SQLException {
        return new HistoryEntry(
                row.getLong("id"),
                integer(row, "position"),
                row.getInt("seq"),
                integer(row, "attempt"),
                row.getString("from_step"),
                row.getString("to_step"),
                State.of(row.getString("from_state")),
                State.of(row.getString("to_state")),
                known(row, "at"),
                row.getString("cause"),
                row.getString("remote_word"),
                row.getString("node"),
                Actor.of(row.getString("caused_by")));
    }

    static RetryingView waiting(ResultSet row, int n) throws SQLException {
        return new RetryingView(
                row.getLong("run_id"),
                row.getInt("position"),
                row.getString("endpoint"),
                row.getString("cause"),
                row.getInt("failures"),
                known(row, "due_at"));
    }

    static AttentionView attention(ResultSet row, int n) throws SQLException {
        return new AttentionView(
                row.getLong("run_id"),
                row.getInt("position"),
                row.getString("endpoint"),
                Objects.requireNonNull(Attention.of(row.getString("attention"))),
                row.getString("cause"));
    }

    private static Map<String, String> names(Map<String, InputSource> files) {
        Map<String, String> names = new LinkedHashMap<>();
        files.forEach((input, file) -> names.put(input, file.name()));
        return names;
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null || time.equals(NEVER) ? null : time.toInstant();
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private record AttemptRow(
            int number,
            String state,
            @Nullable String cause,
            @Nullable UUID nonce,
            @JsonProperty("job_id") @Nullable String jobId,
            @JsonProperty("shared_job") @Nullable String sharedJob,
            @JsonProperty("rows_in") long rowsIn,
            @JsonProperty("rows_scored") @Nullable Long rowsScored,
            Map<String, StagedInput> staged,
            @Nullable Map<String, DeliveredOutput> outputs,
            @JsonProperty("staged_at") OffsetDateTime stagedAt,
            @JsonProperty("submitted_at") @Nullable OffsetDateTime submittedAt,
            @JsonProperty("started_at") @Nullable OffsetDateTime startedAt,
            @JsonProperty("scored_at") @Nullable OffsetDateTime scoredAt,
            @JsonProperty("ended_at") @Nullable OffsetDateTime endedAt) {

        AttemptView view() {
            return new AttemptView(
                    number,
                    State.of(state),
                    cause,
                    service(),
                    rowsScored == null ? job() : null,
                    rowsIn,
                    rowsScored,
                    staged,
                    outputs == null ? Map.of() : outputs,
                    stagedAt.toInstant(),
                    at(submittedAt),
                    at(startedAt),
                    at(scoredAt),
                    at(endedAt));
        }

        private @Nullable String job() {
            return sharedJob == null ? jobId : sharedJob;
        }

        private @Nullable Service service() {
            if (rowsScored != null) {
                return Service.ROWS;
            }
            // a call whose answer is lost may have created a job whose id is not known yet
            if (job() != null || submittedAt != null) {
                return Service.JOB;
            }
            return nonce == null ? null : Service.RRS;
        }

        private static @Nullable Instant at(@Nullable OffsetDateTime time) {
            return time == null ? null : time.toInstant();
        }
    }
}
