package dev.bes.api.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list of callbacks.
 *
 * @param callbacks the newest first
 * @param next address of the following ones; null if there are none
 */
public record CallbacksJson(
        List<CallbackJson> callbacks, @Nullable String next) {

    /**
     * A call that tells another program of the end of a run.
     *
     * @param event the id that the receiver sees, the same at each attempt
     * @param run the run that has ended
     * @param address where it goes, without its query
     * @param state {@code waiting}, {@code delivered} or {@code given-up}
     * @param attempts how often it was tried since it was last asked for
     * @param status HTTP status of the last answer; null without one
     * @param error what went wrong at the last attempt; null if nothing did
     * @param createdAt when the run ended
     * @param dueAt when it is tried next; null if it is not
     * @param attemptedAt when it was last tried; null if it was not yet
     * @param endedAt when it was delivered or given up; null before
     * @param links {@code run}, and {@code retry}, which has it made once more
     */
    public record CallbackJson(
            long id,
            UUID event,
            long run,
            String definition,
            String address,
            String state,
            int attempts,
            @Nullable Integer status,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable Instant attemptedAt,
            @Nullable Instant endedAt,
            Map<String, String> links) {}
}
