package dev.bes.orchestrator.remote.budget;

import java.time.Duration;
import java.util.function.IntFunction;

/** For a subscription whose limits nobody has told us: calls as it likes, and waits when a node is told to. */
final class UnlimitedBudget implements CallBudget {
    private static final Permit FREE = new Permit() {
        @Override
        public void giveBack() {
            // nobody counts
        }

        @Override
        public void answered() {
            // nobody counts
        }
    };

    private final SharedBackoff sharedBackoff;

    UnlimitedBudget(SharedBackoff sharedBackoff) {
        this.sharedBackoff = sharedBackoff;
    }

    @Override
    public Permit take(CallPriority callPriority) {
        sharedBackoff.check();
        return FREE;
    }

    @Override
    public int likely(CallPriority callPriority) {
        return sharedBackoff.delay().isPositive() ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public IntFunction<Duration> forecast() {
        Duration shut = sharedBackoff.delay();
        return calls -> shut;
    }

    @Override
    public void shut(Duration wait) {
        sharedBackoff.shut(wait);
    }

    @Override
    public void remaining(int calls) {
        // of how many, nobody knows
    }
}
