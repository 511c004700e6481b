package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a callback says. A run that has ended does not change, so each attempt says the same. */
@Component
class CallbackBody {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunReader runs;
    private final @Nullable String baseUrl;

    CallbackBody(RunReader runs, CallbackSettings settings) {
        this.runs = runs;
        this.baseUrl = settings.baseUrl();
    }

    private record Event(String type, Instant timestamp, Ended data) {}

    private record Ended(
            String event,
            long run,
            String definition,
            String trigger,
            String state,
            int scorings,
            int finished,
            int failed,
            int cancelled,
            Instant createdAt,
            Instant endedAt,
            String link) {}

    /** The body for an ended run, as JSON; empty if the run was purged meanwhile. */
    Optional<byte[]> of(Callback callback) {
        return runs.find(callback.run())
                .map(run -> JSON.writeValueAsBytes(
                        new Event("run.ended", ended(run), ended(callback, run, runs.counts(run.id())))));
    }

    private Ended ended(Callback callback, RunView run, Map<State, Integer> counts) {
        String path = "/api/v1/runs/" + run.id();
        return new Ended(
                callback.event().toString(),
                run.id(),
                run.definition(),
                run.trigger(),
                run.state().word(),
                run.scorings(),
                counts.getOrDefault(State.FINISHED, 0),
                counts.getOrDefault(State.FAILED, 0),
                counts.getOrDefault(State.CANCELLED, 0),
                run.createdAt(),
                ended(run),
                baseUrl == null ? path : baseUrl + path);
    }

    private static Instant ended(RunView run) {
        return Objects.requireNonNull(run.endedAt());
    }
}
