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
 * @param trigger what asked for it: schedule, files or request
 * @param occurrence the key of the occurrence
 * @param state one of the five words
 * @param cause why it failed or was cancelled
 * @param scorings how many scorings it has
 * @param live how many of them have not ended
 * @param needingAttention how many of these wait for somebody
 * @param parameters parameters of the request; null in a list, which does not read them
 * @param fireTime scheduled time
 * @param createdAt when it was accepted
 * @param cancelAskedAt when its cancellation was asked for
 * @param endedAt when it ended
 * @param forecast what it has ahead of it, if it has not ended and the limits of the managed API hold it up
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
        @Nullable Instant cancelAskedAt,
        @Nullable Instant endedAt,
        @Nullable CallForecast forecast) {}
