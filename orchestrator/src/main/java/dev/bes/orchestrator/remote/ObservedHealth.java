package dev.bes.orchestrator.remote;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The health of an endpoint or of the blob store, as the recent calls of this node have shown it.
 *
 * @param reason text without secrets; may be empty
 * @param since time of the first failure; null if it is not unhealthy
 */
public record ObservedHealth(
        State state, String reason, @Nullable Instant since) {

    /** It was not called yet. */
    public static final ObservedHealth UNKNOWN = new ObservedHealth(State.UNKNOWN, "not called yet", null);

    /** The states of health. */
    public enum State {
        /** It answers. */
        HEALTHY,
        /** It refuses us, or does not answer. */
        UNHEALTHY,
        /** It was not called, or not recently. */
        UNKNOWN
    }

    /** It answers. The reason may be empty. */
    public static ObservedHealth healthy(String reason) {
        return new ObservedHealth(State.HEALTHY, reason, null);
    }

    /** It refuses us or does not answer. */
    public static ObservedHealth unhealthy(String reason, Instant since) {
        return new ObservedHealth(State.UNHEALTHY, reason, since);
    }

    /** Whether it refuses us or does not answer. */
    public boolean isUnhealthy() {
        return state == State.UNHEALTHY;
    }
}
