package dev.bes.cli.run;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ScoringPageJson;
import dev.bes.cli.session.PageOptions;
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
                        page -> page.map(ScoringPageJson::next)
                                .map(PageOptions::cursor)
                                .map(cursor -> api.scorings(run, cursor)))
                .flatMap(Optional::stream)
                .flatMap(page -> page.scorings().stream());
    }
}
