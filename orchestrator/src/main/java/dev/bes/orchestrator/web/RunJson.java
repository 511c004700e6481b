package dev.bes.orchestrator.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bes.orchestrator.run.Forecast;
import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it.
 *
 * @param id its number
 * @param definition name of its definition
 * @param trigger what asked for it: schedule, files or request
 * @param occurrence the key of the occurrence
 * @param state one of the five words
 * @param cause why it failed or was cancelled
 * @param scoringCount how many scorings it has
 * @param endedCount how many of them have ended
 * @param attentionCount how many of them need somebody's attention
 * @param parameters parameters of the request; left out in lists
 * @param fireTime scheduled time
 * @param createdAt when it was accepted
 * @param cancelAskedAt when its cancellation was asked for
 * @param endedAt when it ended
 * @param forecast what it has ahead of it when the limits of the managed API hold it up
 * @param links where to go from here: self, and cancel while it is live
 */
record RunJson(
        long id,
        String definition,
        String trigger,
        String occurrence,
        State state,
        @Nullable String cause,
        int scoringCount,
        int endedCount,
        int attentionCount,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> parameters,

        @Nullable Instant fireTime,
        Instant createdAt,
        @Nullable Instant cancelAskedAt,
        @Nullable Instant endedAt,
        @Nullable Forecast forecast,
        Map<String, String> links) {

    static RunJson of(RunView run) {
        return of(run, Map.of());
    }

    static RunJson of(RunView run, Map<String, String> more) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", at(run.id()));
        if (!run.state().ended()) {
            links.put("cancel", at(run.id()) + "/cancel");
        }
        links.putAll(more);
        return new RunJson(
                run.id(),
                run.definition(),
                run.trigger(),
                run.occurrence(),
                run.state(),
                run.cause(),
                run.scorings(),
                run.scorings() - run.live(),
                run.needingAttention(),
                run.parameters(),
                run.fireTime(),
                run.createdAt(),
                run.cancelAskedAt(),
                run.endedAt(),
                run.forecast(),
                links);
    }

    static String at(long id) {
        return "/api/runs/" + id;
    }
}
