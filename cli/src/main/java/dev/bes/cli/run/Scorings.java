package dev.bes.cli.run;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringPageJson;
import java.util.stream.Stream;

/**
 * Reads all scorings of a run, page by page.
 *
 * @param api where to read them
 */
record Scorings(OrchestratorApi api) {

    /** The scorings of a run, by position; a page is read when it is needed. */
    Stream<ScoringJson> of(long run) {
        return Stream.iterate(
                        api.scorings(run, 0),
                        page -> !page.scorings().isEmpty(),
                        page -> page.links().containsKey("moreScorings")
                                ? api.scorings(run, page.scorings().getLast().position())
                                : new ScoringPageJson(java.util.List.of(), java.util.Map.of()))
                .flatMap(page -> page.scorings().stream());
    }
}
