package dev.bes.cli.run;

import dev.bes.api.run.HistoryEntryJson;
import dev.bes.api.run.RunEventJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.StateJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How runs and what is in them are shown in columns. */
public final class RunTables {

    /** Runs. */
    public static final Table<RunJson> RUNS = Table.<RunJson>of()
            .with("run", RunJson::id)
            .with("definition", RunJson::definition)
            .with("state", run -> run.state().word(), RunTables::colour)
            .with("scorings", run -> run.endedCount() + "/" + run.scoringCount())
            .with("attention", RunJson::attentionCount)
            .with("trigger", RunJson::trigger)
            .with("createdAt", RunJson::createdAt)
            .with("endedAt", RunJson::endedAt)
            .with("cause", RunJson::cause);

    static final Table<ScoringJson> SCORINGS = Table.<ScoringJson>of()
            .with("scoring", ScoringJson::position)
            .with("step", ScoringJson::step)
            .with("state", scoring -> scoring.state().word(), scoring -> colour(scoring.state()))
            .with("attention", ScoringJson::attention, scoring -> Colour.YELLOW)
            .with("attempts", scoring -> scoring.attempts().size())
            .with("files", scoring -> String.join(", ", scoring.files().values()))
            .with("cause", ScoringJson::cause);

    static final Table<HistoryEntryJson> HISTORY = Table.<HistoryEntryJson>of()
            .with("at", HistoryEntryJson::at)
            .with("scoring", HistoryEntryJson::scoring)
            .with("step", HistoryEntryJson::toStep)
            .with("state", entry -> entry.to().word(), entry -> colour(entry.to()))
            .with("actor", HistoryEntryJson::actor)
            .with("cause", HistoryEntryJson::cause);

    static final Table<RunEventJson> MOVES = Table.<RunEventJson>of()
            .with("run", RunEventJson::run)
            .with("definition", RunEventJson::definition)
            .with("scoring", event -> event.entry().scoring())
            .with("at", event -> event.entry().at())
            .with("step", event -> event.entry().toStep())
            .with(
                    "state",
                    event -> event.entry().to().word(),
                    event -> colour(event.entry().to()))
            .with("actor", event -> event.entry().actor())
            .with("cause", event -> event.entry().cause());

    private RunTables() {}

    /** Scorings with a column for the job that they share, if one does. */
    static Table<ScoringJson> scorings(List<ScoringJson> shown) {
        return shown.stream().allMatch(scoring -> scoring.sharedJob() == null)
                ? SCORINGS
                : SCORINGS.with("sharedJob", RunTables::sharedJob);
    }

    /** The run that has the job, and how many files share it. */
    private static @Nullable String sharedJob(ScoringJson scoring) {
        return scoring.sharedJob() == null
                ? null
                : "run %d, %d files"
                        .formatted(
                                scoring.sharedJob().run(), scoring.sharedJob().files());
    }

    private static Colour colour(RunJson run) {
        return run.attentionCount() > 0 ? Colour.YELLOW : colour(run.state());
    }

    static Colour colour(StateJson state) {
        return Map.of(
                        StateJson.FINISHED, Colour.GREEN,
                        StateJson.FAILED, Colour.RED,
                        StateJson.CANCELLED, Colour.GREY,
                        StateJson.RUNNING, Colour.CYAN)
                .getOrDefault(state, Colour.NONE);
    }
}
