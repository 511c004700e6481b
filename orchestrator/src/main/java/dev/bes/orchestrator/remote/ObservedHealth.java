package dev.bes.orchestrator.remote;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of this node have shown lately of a part of the far side.
 *
 * @param state how it stands
 * @param reason why, in words without secrets; empty if there is nothing to say
 * @param since when the trouble began; null without trouble
 */
public record ObservedHealth(
        State state, String reason, @Nullable Instant since) {

    /** Nothing is known: it was not called, or not lately. */
    public static final ObservedHealth UNKNOWN = new ObservedHealth(State.UNKNOWN, "not called yet", null);

    /** How a part of the far side stands. */
    public enum State {
        /** It answers. */
        WELL,
        /** It refuses us, or does not answer. */
        TROUBLE,
        /** Nobody has asked it lately. */
        UNKNOWN
    }

    /** It answers; what there is to say besides. */
    public static ObservedHealth well(String reason) {
        return new ObservedHealth(State.WELL, reason, null);
    }

    /** It refuses us or does not answer. */
    public static ObservedHealth trouble(String reason, Instant since) {
        return new ObservedHealth(State.TROUBLE, reason, since);
    }

    /** Whether it refuses us or does not answer. */
    public boolean isTrouble() {
        return state == State.TROUBLE;
    }
}
