package dev.bes.testbench.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault in a proxy, until it is cleared. */
public final class InjectedFault {

    private final CallFault callFault;
    private final CallMatcher callMatcher;
    private final AtomicInteger left;
    private final AtomicInteger applied = new AtomicInteger();
    private final CountDownLatch cleared = new CountDownLatch(1);

    InjectedFault(CallFault callFault, CallMatcher callMatcher) {
        this.callFault = callFault;
        this.callMatcher = callMatcher;
        this.left = new AtomicInteger(callMatcher.times());
    }

    /** The number of affected calls. */
    public int applied() {
        return applied.get();
    }

    /** Ends it: delayed calls continue, except in a black hole. */
    public void clear() {
        cleared.countDown();
    }

    CallFault fault() {
        return callFault;
    }

    boolean isCleared() {
        return cleared.getCount() == 0;
    }

    /** Whether it applies to this call; if so, counts the call. */
    boolean claims(Call call) {
        return !isCleared()
                && matches(call)
                && callMatcher.matches(call)
                && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    void countApplied() {
        applied.incrementAndGet();
    }

    /** Waits, at most until the fault is cleared. */
    void pause(Duration wait) throws InterruptedException {
        cleared.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    void awaitEnd() throws InterruptedException {
        cleared.await();
    }

    private boolean matches(Call call) {
        return switch (callFault) {
            case CallFault.Duplicate _, CallFault.AnswerWithoutForwarding _, CallFault.AnswerAfterForwarding _ ->
                call instanceof Call.Http;
            default -> true;
        };
    }
}
