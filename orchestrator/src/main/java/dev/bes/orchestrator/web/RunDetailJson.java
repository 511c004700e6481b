package dev.bes.orchestrator.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bes.orchestrator.run.HistoryView;
import dev.bes.orchestrator.run.RunReader;
import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.ScoringView;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.trigger.ChangedFiles;
import dev.bes.orchestrator.web.ProblemsApi.ChangedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run with everything that is in it.
 *
 * @param run the run itself
 * @param counts how many scorings stand in each state
 * @param scorings the first scorings; {@code links.moreScorings} leads on
 * @param history the latest moves, in order of time
 * @param historyTruncated whether there are older moves than these
 * @param changed dropped files that somebody wrote to after they had been scored
 */
record RunDetailJson(
        @JsonUnwrapped RunJson run,
        Map<String, Integer> counts,
        List<ScoringJson> scorings,
        List<HistoryView> history,
        boolean historyTruncated,
        List<ChangedJson> changed) {
    static final int SCORINGS = 500;
    private static final int HISTORY = 1_000;

    static RunDetailJson read(RunView run, RunReader reader, ChangedFiles files) {
        List<ScoringView> scorings = reader.scorings(run.id(), 0, SCORINGS);
        List<HistoryView> history = reader.history(run.id(), HISTORY + 1);
        boolean truncated = history.size() > HISTORY;
        return new RunDetailJson(
                RunJson.of(run, more(run, scorings)),
                counts(reader.counts(run.id())),
                scorings.stream().map(s -> ScoringJson.of(run.id(), s)).toList(),
                truncated ? history.subList(1, history.size()) : history,
                truncated,
                files.of(run.id()).stream().map(ChangedJson::of).toList());
    }

    static Map<String, String> more(RunView run, List<ScoringView> shown) {
        return shown.isEmpty() || shown.getLast().position() >= run.scorings()
                ? Map.of()
                : Map.of(
                        "moreScorings",
                        RunJson.at(run.id()) + "/scorings?after="
                                + shown.getLast().position());
    }

    static Map<String, Integer> counts(Map<State, Integer> counts) {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (State state : State.values()) {
            all.put(state.word(), counts.getOrDefault(state, 0));
        }
        return all;
    }
}
