package dev.bes.orchestrator.remote.budget;

import java.time.Duration;
import java.util.function.IntFunction;

/** For a subscription whose limits nobody has told us: calls as it likes, and waits when a node is told to. */
final class Unlimited implements CallBudget {
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

    private final Shutter shutter;

    Unlimited(Shutter shutter) {
        this.shutter = shutter;
    }

    @Override
    public Permit take(Precedence precedence) {
        shutter.check();
        return FREE;
    }

    @Override
    public int likely(Precedence precedence) {
        return shutter.delay().isPositive() ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public IntFunction<Duration> forecast() {
        Duration shut = shutter.delay();
        return calls -> shut;
    }

    @Override
    public void shut(Duration wait) {
        shutter.shut(wait);
    }

    @Override
    public void remaining(int calls) {
        // of how many, nobody knows
    }
}
