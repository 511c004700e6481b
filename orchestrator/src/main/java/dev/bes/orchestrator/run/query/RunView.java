package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.forecast.CallForecast;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as its user sees it.
 *
 * @param id its number
 * @param definition name of its definition
 * @param trigger what asked for it: schedule, files or request; fold for a run that has the job of others
 * @param occurrence the key of the occurrence
 * @param state one of the five words
 * @param cause why it failed or was cancelled
 * @param scorings how many scorings it has
 * @param live how many of them have not ended
 * @param needingAttention how many of these need attention
 * @param parameters parameters of the request; null in a list, which does not read them
 * @param fireTime scheduled time
 * @param createdAt when it was accepted
 * @param cancelRequestedAt when a user first asked to cancel it
 * @param endedAt when it ended
 * @param forecast the calls ahead when the limits of the managed API delay it; null if they do not
 * @param rerunOf the run that it repeats, which may have been purged; null if it repeats none
 */
public record RunView(
        long id,
        String definition,
        String trigger,
        String occurrence,
        State state,
        @Nullable String cause,
        int scorings,
        int live,
        int needingAttention,
        @Nullable Map<String, String> parameters,
        @Nullable Instant fireTime,
        Instant createdAt,
        @Nullable Instant cancelRequestedAt,
        @Nullable Instant endedAt,
        @Nullable CallForecast forecast,
        @Nullable Long rerunOf) {}
