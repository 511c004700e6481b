package dev.bes.api.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the scorings of a run.
 *
 * @param scorings the scorings, by position
 * @param next address of the following ones; null if there are none
 * @param links {@code moreScorings}, if the run has scorings after these
 */
public record ScoringPageJson(
        List<ScoringJson> scorings, @Nullable String next, Map<String, String> links) {}
