package dev.bes.testbench.demo;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringJson.AttemptJson;
import dev.bes.api.run.ScoringJson.OutputJson;
import dev.bes.api.run.StateJson;
import dev.bes.api.run.StepJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs as the API shows them, for tests of what the demo makes of them. */
public final class DemoRuns {

    private DemoRuns() {}

    /** A run without scorings. */
    public static RunDetailJson run(
            long id,
            String trigger,
            StateJson state,
            @Nullable String cause,
            Instant createdAt,
            @Nullable Instant endedAt,
            ScoringJson... scorings) {
        RunJson run = new RunJson(
                id,
                "birdstrikes",
                trigger,
                "key",
                state,
                cause,
                scorings.length,
                0,
                0,
                null,
                null,
                createdAt,
                null,
                endedAt,
                null,
                null,
                Map.of());
        return new RunDetailJson(run, Map.of(), List.of(scorings), List.of(), false, List.of(), List.of());
    }

    /** A scoring of one attempt. */
    public static ScoringJson scoring(
            StepJson step, StateJson state, @Nullable String job, long rows, Map<String, OutputJson> outputs) {
        AttemptJson attempt =
                new AttemptJson(1, state, null, "JOB", job, rows, null, Instant.EPOCH, null, null, null, null);
        return new ScoringJson(
                1, step, state, null, null, null, Map.of(), null, null, List.of(attempt), outputs, null, Map.of());
    }
}
