package dev.bes.orchestrator.web.api;

import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.ChangedFileJson;
import dev.bes.api.run.ForecastJson;
import dev.bes.api.run.HistoryEntryJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles.ChangedFile;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Maps runs to JSON. */
public final class RunMapper {
    /** How many scorings stand in the JSON of a run, and on a page of them. */
    static final int SCORINGS = 500;

    private static final int HISTORY = 1_000;

    private RunMapper() {}

    /** The address of a run, as the caller of the current request reaches it. */
    public static String address(long id) {
        return Address.of("/api/v1/runs/" + id);
    }

    public static RunJson json(RunView run) {
        return json(run, Map.of());
    }

    private static RunJson json(RunView run, Map<String, String> more) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", address(run.id()));
        if (!run.state().ended()) {
            links.put("cancel", address(run.id()) + "/cancel");
        } else {
            links.put("rerun", address(run.id()) + "/rerun");
        }
        links.putAll(more);
        return new RunJson(
                run.id(),
                run.definition(),
                run.trigger(),
                run.occurrence(),
                state(run.state()),
                run.cause(),
                run.scorings(),
                run.scorings() - run.live(),
                run.needingAttention(),
                run.parameters(),
                run.fireTime(),
                run.createdAt(),
                run.cancelRequestedAt(),
                run.endedAt(),
                forecast(run.forecast()),
                run.rerunOf(),
                links);
    }

    /** A run with everything that is in it. */
    static RunDetailJson read(RunView run, RunReader reader, ChangedFiles files) {
        List<HistoryEntry> history = reader.history(run.id(), HISTORY + 1);
        boolean truncated = history.size() > HISTORY;
        return detail(
                run,
                reader.counts(run.id()),
                reader.scorings(run.id(), 0, SCORINGS),
                truncated ? history.subList(1, history.size()) : history,
                truncated,
                files.of(run.id()),
                reader.reruns(run.id()));
    }

    public static RunDetailJson detail(
            RunView run,
            Map<State, Integer> counts,
            List<ScoringView> scorings,
            List<HistoryEntry> history,
            boolean truncated,
            List<ChangedFile> changed,
            List<Long> reruns) {
        return new RunDetailJson(
                json(run, more(run, scorings)),
                counts(counts),
                scorings.stream().map(s -> ScoringMapper.json(run.id(), s)).toList(),
                history.stream().map(RunMapper::json).toList(),
                truncated,
                changed.stream().map(RunMapper::json).toList(),
                reruns);
    }

    /** The link to the scorings after those that are shown; empty if there are none. */
    public static Map<String, String> more(RunView run, List<ScoringView> shown) {
        return shown.isEmpty() || shown.getLast().position() >= run.scorings()
                ? Map.of()
                : Map.of(
                        "moreScorings",
                        address(run.id()) + "/scorings?after=" + shown.getLast().position());
    }

    /** How many scorings stand in each state, by the word of the state. */
    public static Map<String, Integer> counts(Map<State, Integer> counts) {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (State state : State.values()) {
            all.put(state.word(), counts.getOrDefault(state, 0));
        }
        return all;
    }

    /** The answer to a request that became a run. */
    static ResponseEntity<AcceptedRunJson> accepted(Accepted accepted, String definition) {
        String self = address(accepted.id());
        ResponseEntity.BodyBuilder answer = ResponseEntity.created(URI.create(self));
        if (!accepted.isNew()) {
            answer.header(IdempotencyKey.REPLAYED, "true");
        }
        return answer.body(new AcceptedRunJson(
                accepted.id(),
                definition,
                null,
                forecast(accepted.forecast()),
                Map.of("self", self, "cancel", self + "/cancel")));
    }

    static StateJson state(State state) {
        return switch (state) {
            case NOT_STARTED -> StateJson.NOT_STARTED;
            case RUNNING -> StateJson.RUNNING;
            case FAILED -> StateJson.FAILED;
            case CANCELLED -> StateJson.CANCELLED;
            case FINISHED -> StateJson.FINISHED;
        };
    }

    static @Nullable ForecastJson forecast(@Nullable CallForecast callForecast) {
        return callForecast == null
                ? null
                : new ForecastJson(callForecast.calls(), callForecast.by(), callForecast.limits());
    }

    /** An entry of the history. */
    public static HistoryEntryJson json(HistoryEntry move) {
        return new HistoryEntryJson(
                move.id(),
                move.scoring(),
                move.seq(),
                move.attempt(),
                move.fromStep(),
                move.toStep(),
                state(move.from()),
                state(move.to()),
                move.at(),
                move.cause(),
                move.remoteWord(),
                move.node(),
                move.actor().toString());
    }

    static ChangedFileJson json(ChangedFile file) {
        return new ChangedFileJson(file.run(), file.name(), file.path(), file.at(), Map.of("run", address(file.run())));
    }
}
