package dev.bes.cli.run;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringPageJson;
import java.util.Optional;
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
                        Optional.of(api.scorings(run, null)),
                        Optional::isPresent,
                        page -> page.filter(Scorings::hasMore)
                                .map(read -> api.scorings(
                                        run, read.scorings().getLast().position())))
                .flatMap(Optional::stream)
                .flatMap(page -> page.scorings().stream());
    }

    // a service that is older than cursors has this link, too
    private static boolean hasMore(ScoringPageJson page) {
        return page.links().containsKey("moreScorings") && !page.scorings().isEmpty();
    }
}
