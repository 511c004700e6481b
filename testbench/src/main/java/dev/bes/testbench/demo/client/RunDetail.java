package dev.bes.testbench.demo.client;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /api/runs/{id}}, as far as the demo uses it. */
public record RunDetail(@JsonUnwrapped Run run, List<Scoring> scorings, List<Move> history) {

    public RunDetail {
        scorings = Objects.requireNonNullElse(scorings, List.of());
        history = Objects.requireNonNullElse(history, List.of());
    }

    /** The run itself. */
    public record Run(
            long id,
            String trigger,
            String state,
            @Nullable String cause,
            Instant createdAt,
            @Nullable Instant endedAt) {

        public boolean ended() {
            return endedAt != null;
        }
    }

    /** One file of it. */
    public record Scoring(
            int position,
            String step,
            String state,
            @Nullable String cause,
            List<Attempt> attempts,
            Map<String, Output> outputs) {

        public Scoring {
            attempts = Objects.requireNonNullElse(attempts, List.of());
            outputs = Objects.requireNonNullElse(outputs, Map.of());
        }
    }

    /** One try of a scoring. */
    public record Attempt(int n, String state, @Nullable String jobId, long rowsIn) {}

    /** One delivered file. */
    public record Output(long rows, String sha256) {}

    /** One line of the history. */
    public record Move(
            @Nullable Integer scoring,
            @Nullable String toStep,
            String to,
            Instant at,
            @Nullable String cause,
            @Nullable String remoteWord,
            String node) {}

    /** The last attempts of its scorings. */
    public List<Attempt> lastAttempts() {
        return scorings.stream()
                .filter(scoring -> !scoring.attempts().isEmpty())
                .map(scoring -> scoring.attempts().getLast())
                .toList();
    }

    /** The files that were delivered. */
    public List<Output> outputs() {
        return scorings.stream()
                .flatMap(scoring -> scoring.outputs().values().stream())
                .toList();
    }
}
