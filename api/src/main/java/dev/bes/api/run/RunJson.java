package dev.bes.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param id its number
 * @param definition name of its definition
 * @param trigger what asked for it: schedule, files, request or shadow; fold for a run that has the job of others
 * @param occurrence the key of the occurrence
 * @param state its state
 * @param cause why it failed or was cancelled
 * @param scoringCount how many scorings it has
 * @param endedCount how many of them have ended
 * @param attentionCount how many of them need attention
 * @param parameters parameters of the request; left out in lists
 * @param fireTime scheduled time
 * @param createdAt when it was accepted
 * @param cancelRequestedAt when its cancellation was asked for
 * @param endedAt when it ended
 * @param forecast the calls ahead when the limits of the managed API delay it; null if they do not
 * @param rerunOf the run that it repeats, which may have been purged; null if it repeats none
 * @param links {@code self}, {@code cancel} while it is live, {@code rerun} afterwards, {@code moreScorings}
 */
public record RunJson(
        long id,
        String definition,
        String trigger,
        String occurrence,
        StateJson state,
        @Nullable String cause,
        int scoringCount,
        int endedCount,
        int attentionCount,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> parameters,

        @Nullable Instant fireTime,
        Instant createdAt,
        @Nullable Instant cancelRequestedAt,
        @Nullable Instant endedAt,
        @Nullable ForecastJson forecast,
        @Nullable Long rerunOf,
        Map<String, String> links) {}
