package dev.bes.testbench.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A fault and one call that it matches; it is counted once, when it takes effect. */
final class MatchedFault {

    private final InjectedFault injected;
    private final AtomicBoolean counted = new AtomicBoolean();

    MatchedFault(InjectedFault injected) {
        this.injected = injected;
    }

    CallFault fault() {
        return injected.fault();
    }

    boolean isCleared() {
        return injected.isCleared();
    }

    void count() {
        if (counted.compareAndSet(false, true)) {
            injected.countApplied();
        }
    }

    void pause(Duration wait) throws InterruptedException {
        count();
        injected.pause(wait);
    }

    void stop() throws InterruptedException {
        count();
        injected.awaitEnd();
    }
}
