package dev.bes.api.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * A run with everything that is in it.
 *
 * @param run the run itself; its fields stand beside the others
 * @param counts how many scorings are in each state
 * @param scorings the first scorings; {@code links.moreScorings} has the next page
 * @param history the latest entries of the history, oldest first
 * @param historyTruncated whether there are older entries
 * @param changed dropped files that were changed after they had been scored
 * @param reruns numbers of the runs that repeat it
 */
public record RunDetailJson(
        @JsonUnwrapped RunJson run,
        Map<String, Integer> counts,
        List<ScoringJson> scorings,
        List<HistoryEntryJson> history,
        boolean historyTruncated,
        List<ChangedFileJson> changed,
        List<Long> reruns) {

    /** The last attempt of each scoring that has one; no field of the JSON. */
    public List<ScoringJson.AttemptJson> lastAttempts() {
        return scorings.stream()
                .filter(scoring -> !scoring.attempts().isEmpty())
                .map(scoring -> scoring.attempts().getLast())
                .toList();
    }
}
