package dev.bes.orchestrator.remote.budget;

import java.time.Duration;
import java.util.function.IntFunction;

/** The budget of a subscription without configured limits. Calls wait only while the gateway has asked a node to wait. */
final class UnlimitedBudget implements CallBudget {
    private static final Permit FREE = new Permit() {
        @Override
        public void release() {
            // calls are not counted
        }

        @Override
        public void answered() {
            // calls are not counted
        }
    };

    private final SharedBackoff sharedBackoff;

    UnlimitedBudget(SharedBackoff sharedBackoff) {
        this.sharedBackoff = sharedBackoff;
    }

    @Override
    public Permit acquire(CallPriority callPriority) {
        sharedBackoff.check();
        return FREE;
    }

    @Override
    public int estimateAvailable(CallPriority callPriority) {
        return sharedBackoff.delay().isPositive() ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public IntFunction<Duration> forecast() {
        Duration shut = sharedBackoff.delay();
        return calls -> shut;
    }

    @Override
    public void backOff(Duration wait) {
        sharedBackoff.backOff(wait);
    }

    @Override
    public void updateRemaining(int calls) {
        // the limit is not known
    }
}
