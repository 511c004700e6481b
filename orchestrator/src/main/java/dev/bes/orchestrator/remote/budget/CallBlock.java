package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.budget.CallLedger.Settled;
import java.time.Duration;

/** Calls that were granted to this node together and expire soon. Guarded by the lock of the budget. */
final class CallBlock {
    private final long grant;
    private final int calls;
    private final long endNanos;
    private int used;
    private int underWay;
    private long lastAnswerNanos;

    CallBlock(long grant, int calls, long endNanos) {
        this.grant = grant;
        this.calls = calls;
        this.endNanos = endNanos;
        this.lastAnswerNanos = endNanos;
    }

    /** The calls that may still be made. */
    int left(long nowNanos) {
        return endNanos - nowNanos > 0 ? calls - used : 0;
    }

    void use() {
        used++;
        underWay++;
    }

    /** Returns a call that was not made. */
    void release() {
        used--;
        underWay--;
    }

    /** Ends a call, with or without an answer. */
    void answered(long nowNanos) {
        underWay--;
        lastAnswerNanos = nowNanos;
    }

    /** Whether all its calls have ended and no more may be made. */
    boolean isDone(long nowNanos) {
        return underWay == 0 && left(nowNanos) == 0;
    }

    Settled settled(long nowNanos) {
        long ago = Math.max(0, nowNanos - Math.min(lastAnswerNanos, nowNanos));
        return new Settled(grant, used, Duration.ofNanos(ago));
    }
}
