package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.run.forecast.CallForecast;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.web.format.Formats;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as a page shows it.
 *
 * @param id its number
 * @param definition name of its definition
 * @param trigger what asked for it
 * @param occurrence the key of the occurrence
 * @param state one of the five words
 * @param live whether it has not ended
 * @param stopping whether its cancellation was asked for and is under way
 * @param cause why it failed or was cancelled
 * @param shortCause the same, short enough for a line
 * @param scorings how many scorings it has
 * @param done how many of them have ended
 * @param attention how many of them need attention
 * @param parameters parameters of the request; none in a list
 * @param fire scheduled time
 * @param created when it was accepted
 * @param ended when it ended
 * @param lasted from then till then, or till now
 * @param ahead what it has ahead of it when limits hold it up
 * @param rerunOf the run that it repeats
 */
record RunRow(
        long id,
        String definition,
        String trigger,
        String occurrence,
        String state,
        boolean live,
        boolean stopping,
        @Nullable String cause,
        @Nullable String shortCause,
        int scorings,
        int done,
        int attention,
        Map<String, String> parameters,
        @Nullable Moment fire,
        Moment created,
        @Nullable Moment ended,
        String lasted,
        @Nullable Ahead ahead,
        @Nullable Long rerunOf) {

    /**
     * What it has ahead of it when limits hold it up.
     *
     * @param calls how many calls it needs yet
     * @param limits the limits
     * @param by when there will have been so many
     */
    record Ahead(String calls, String limits, Moment by) {
        static @Nullable Ahead of(@Nullable CallForecast callForecast, RelativeTimes relativeTimes) {
            return callForecast == null
                    ? null
                    : new Ahead(
                            Formats.number(callForecast.calls()),
                            String.join(" and ", callForecast.limits()),
                            relativeTimes.of(callForecast.by()));
        }
    }

    static RunRow of(RunView run, RelativeTimes relativeTimes) {
        return new RunRow(
                run.id(),
                run.definition(),
                run.trigger(),
                VisibleText.of(run.occurrence()),
                run.state().word(),
                !run.state().ended(),
                !run.state().ended() && run.cancelRequestedAt() != null,
                run.cause(),
                Formats.shortened(run.cause()),
                run.scorings(),
                run.scorings() - run.live(),
                run.needingAttention(),
                visible(run.parameters()),
                relativeTimes.ofNullable(run.fireTime()),
                relativeTimes.of(run.createdAt()),
                relativeTimes.ofNullable(run.endedAt()),
                relativeTimes.lasted(run.createdAt(), run.endedAt()),
                Ahead.of(run.forecast(), relativeTimes),
                run.rerunOf());
    }

    private static Map<String, String> visible(@Nullable Map<String, String> parameters) {
        Map<String, String> visible = new LinkedHashMap<>();
        if (parameters == null) {
            return visible;
        }
        parameters.forEach((name, value) -> visible.put(VisibleText.of(name), VisibleText.lines(value)));
        return visible;
    }
}
