package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.text.HttpAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that tells of the end of a run.
 *
 * @param id its number
 * @param event the id that the receiver sees, the same at each attempt
 * @param run the run that has ended
 * @param definition the definition of that run
 * @param address where it goes
 * @param host host and port of the address
 * @param state how it stands
 * @param attempts how often it was tried since it was last asked for
 * @param status HTTP status of the last answer; null without one
 * @param error what went wrong at the last attempt; null if nothing did
 * @param createdAt when the run ended
 * @param dueAt when it is tried next; null if it is not
 * @param attemptedAt when it was last tried; null if it was not yet
 * @param endedAt when it was delivered or given up; null before
 */
public record Callback(
        long id,
        UUID event,
        long run,
        String definition,
        String address,
        String host,
        State state,
        int attempts,
        @Nullable Integer status,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant dueAt,
        @Nullable Instant attemptedAt,
        @Nullable Instant endedAt) {

    /** How a callback stands. */
    public enum State {
        /** It is tried again when it is due. */
        WAITING,
        /** The receiver answered 2xx. */
        DELIVERED,
        /** It is not tried any more, unless somebody asks for it. */
        GIVEN_UP;

        /** The word in rows and answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The state of that word. */
        public static Optional<State> of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }
    }

    /** The address without its query, which may hold secrets of the receiver. */
    public String shownAddress() {
        try {
            return HttpAddress.of(address).shown();
        } catch (IllegalArgumentException _) {
            // of a version that read it in another way
            return "…";
        }
    }
}
