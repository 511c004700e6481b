package dev.bes.api.run;

import java.util.List;
import java.util.Map;

/**
 * A page of the scorings of a run.
 *
 * @param scorings the scorings, by position
 * @param links {@code moreScorings}, if there are more
 */
public record ScoringPageJson(List<ScoringJson> scorings, Map<String, String> links) {}
