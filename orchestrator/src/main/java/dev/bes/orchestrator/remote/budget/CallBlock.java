package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.budget.CallLedger.Settled;
import java.time.Duration;

/** Calls that this node was granted together, to be made within a short time. Guarded by its budget's lock. */
final class CallBlock {
    private final long grant;
    private final int calls;
    private final long endNanos;
    private int taken;
    private int underWay;
    private long lastAnswerNanos;

    CallBlock(long grant, int calls, long endNanos) {
        this.grant = grant;
        this.calls = calls;
        this.endNanos = endNanos;
        this.lastAnswerNanos = endNanos;
    }

    /** How many calls may be made yet. */
    int left(long nowNanos) {
        return endNanos - nowNanos > 0 ? calls - taken : 0;
    }

    void take() {
        taken++;
        underWay++;
    }

    /** A call was not made after all. */
    void giveBack() {
        taken--;
        underWay--;
    }

    /** A call has its answer, or will have none. */
    void answered(long nowNanos) {
        underWay--;
        lastAnswerNanos = nowNanos;
    }

    /** Whether nothing more comes of it. */
    boolean isDone(long nowNanos) {
        return underWay == 0 && left(nowNanos) == 0;
    }

    Settled settled(long nowNanos) {
        long ago = Math.max(0, nowNanos - Math.min(lastAnswerNanos, nowNanos));
        return new Settled(grant, taken, Duration.ofNanos(ago));
    }
}
