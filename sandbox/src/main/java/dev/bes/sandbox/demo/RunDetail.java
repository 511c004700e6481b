package dev.bes.sandbox.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code GET /api/runs/{id}} answers, as far as the demo shows or checks it. */
record RunDetail(Run run, List<Scoring> scorings, List<Move> history) {

    RunDetail {
        scorings = Objects.requireNonNullElse(scorings, List.of());
        history = Objects.requireNonNullElse(history, List.of());
    }

    /** The run itself. */
    record Run(
            long id,
            String trigger,
            String state,
            @Nullable String cause,
            Instant createdAt,
            @Nullable Instant endedAt) {

        boolean ended() {
            return endedAt != null;
        }
    }

    /** One file of it. */
    record Scoring(
            int position,
            String step,
            String state,
            @Nullable String cause,
            List<Attempt> attempts) {

        Scoring {
            attempts = Objects.requireNonNullElse(attempts, List.of());
        }
    }

    /** One try of a scoring. */
    record Attempt(int n, String state, @Nullable String jobId, long rowsIn, Map<String, Output> outputs) {

        Attempt {
            outputs = Objects.requireNonNullElse(outputs, Map.of());
        }
    }

    /** One delivered file. */
    record Output(String file, long rows) {}

    /** One line of the history. */
    record Move(
            @Nullable Integer scoring,
            @Nullable String toStep,
            String to,
            Instant at,
            @Nullable String cause,
            @Nullable String remoteWord,
            String node) {}

    /** The last attempts of its scorings. */
    List<Attempt> lastAttempts() {
        return scorings.stream()
                .filter(scoring -> !scoring.attempts().isEmpty())
                .map(scoring -> scoring.attempts().getLast())
                .toList();
    }

    /** The files that were delivered. */
    List<Output> outputs() {
        return lastAttempts().stream()
                .flatMap(attempt -> attempt.outputs().values().stream())
                .toList();
    }
}
