package dev.bes.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * A run with everything that is in it.
 *
 * @param run the run itself; its fields stand beside the others
 * @param counts how many scorings stand in each state
 * @param scorings the first scorings; {@code links.moreScorings} leads on
 * @param history the latest moves, in order of time
 * @param historyTruncated whether there are older moves than these
 * @param changed dropped files that somebody wrote to after they had been scored
 */
public record RunDetailJson(
        @JsonUnwrapped RunJson run,
        Map<String, Integer> counts,
        List<ScoringJson> scorings,
        List<HistoryEntryJson> history,
        boolean historyTruncated,
        List<ChangedFileJson> changed) {

    /** The last attempt of each scoring that has one; no field of the JSON. */
    public List<ScoringJson.AttemptJson> lastAttempts() {
        return scorings.stream()
                .filter(scoring -> !scoring.attempts().isEmpty())
                .map(scoring -> scoring.attempts().getLast())
                .toList();
    }
}
