package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.budget.CallLedger.DrawRequest;
import dev.bes.orchestrator.remote.budget.CallLedger.DrawResult;
import dev.bes.orchestrator.remote.budget.CallLedger.Settled;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * This node's calls of one subscription. They are drawn from the ledger in blocks: for all threads that wait for a call, and
 * some more, so that one draw serves many calls. Calls that are not used soon are returned.
 */
final class SharedBudget implements CallBudget {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(2);
    private static final int AHEAD = 4;

    private final String name;
    private final SharedBackoff sharedBackoff;
    private final CallLedger callLedger;
    private final DrawLimits drawLimits;
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private final Map<CallPriority, AtomicInteger> waiting = new EnumMap<>(CallPriority.class);
    private final Map<CallPriority, CallBlock> blocks = new EnumMap<>(CallPriority.class);
    private final Map<CallPriority, Long> emptyUntil = new EnumMap<>(CallPriority.class);
    private final List<CallBlock> retired = new ArrayList<>();
    private @Nullable ReportedRemaining reported;

    SharedBudget(
            String name,
            SharedBackoff sharedBackoff,
            CallLedger callLedger,
            DrawLimits drawLimits,
            LongSupplier nanoTime) {
        this.name = name;
        this.sharedBackoff = sharedBackoff;
        this.callLedger = callLedger;
        this.drawLimits = drawLimits;
        this.nanoTime = nanoTime;
        for (CallPriority callPriority : CallPriority.values()) {
            waiting.put(callPriority, new AtomicInteger());
        }
    }

    /**
     * How a node draws on a budget.
     *
     * @param maxCalls largest block, so that no node takes all calls
     * @param validFor time in which the calls of a block must be sent
     * @param answerWithin longest time for an answer
     */
    record DrawLimits(int maxCalls, Duration validFor, Duration answerWithin) {}

    /** The calls that the gateway reported as left, and when. */
    private record ReportedRemaining(int calls, long atNanos) {}

    @Override
    public Permit acquire(CallPriority callPriority) {
        sharedBackoff.check();
        AtomicInteger callers = waiting(callPriority);
        callers.incrementAndGet();
        lock.lock();
        try {
            CallBlock callBlock = usableBlock(callPriority);
            if (callBlock == null) {
                callBlock = draw(callPriority, callers.get());
            }
            callBlock.use();
            return new BlockPermit(callBlock);
        } finally {
            lock.unlock();
            callers.decrementAndGet();
        }
    }

    @Override
    public int estimateAvailable(CallPriority callPriority) {
        lock.lock();
        try {
            boolean none = sharedBackoff.delay().isPositive() || emptyForNanos(callPriority, nanoTime.getAsLong()) > 0;
            return none ? 0 : drawLimits.maxCalls;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public IntFunction<Duration> forecast() {
        Duration shut = sharedBackoff.delay();
        IntFunction<Duration> counted = callLedger.forecast();
        return calls -> shut.compareTo(counted.apply(calls)) > 0 ? shut : counted.apply(calls);
    }

    @Override
    public void backOff(Duration wait) {
        sharedBackoff.backOff(wait);
    }

    @Override
    public void updateRemaining(int calls) {
        lock.lock();
        try {
            reported = new ReportedRemaining(calls, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Settles finished blocks in the ledger, so that they do not count too long, and shortens waits if calls became free. */
    void settle() {
        lock.lock();
        try {
            callLedger.settle(collectDone());
            long now = nanoTime.getAsLong();
            if (emptyUntil.values().stream().anyMatch(until -> until - now > 0)) {
                long sooner = now + callLedger.delay().toNanos();
                emptyUntil.replaceAll((callPriority, until) -> until - sooner > 0 ? sooner : until);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Deletes old rows of the ledger. */
    void compact() {
        callLedger.compact();
    }

    /** Finds a block with calls left. Urgent calls may use the blocks of other priorities. */
    private @Nullable CallBlock usableBlock(CallPriority callPriority) {
        long now = nanoTime.getAsLong();
        for (CallPriority each : CallPriority.values()) {
            CallBlock callBlock = blocks.get(each);
            if (callBlock != null && each.compareTo(callPriority) >= 0 && callBlock.left(now) > 0) {
                return callBlock;
            }
        }
        return null;
    }

    private CallBlock draw(CallPriority callPriority, int callers) {
        long now = nanoTime.getAsLong();
        long wait = emptyForNanos(callPriority, now);
        if (wait > 0) {
            throw usedUp(Duration.ofNanos(wait));
        }
        int wanted = Math.min(drawLimits.maxCalls, callers * AHEAD);
        CallBlock before = blocks.remove(callPriority);
        if (before != null) {
            retired.add(before);
        }
        DrawResult drawn = drawFromLedger(callPriority, callers, wanted);
        if (drawn.calls() == 0) {
            Duration until = drawn.delay().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : drawn.delay();
            emptyUntil.put(callPriority, now + until.toNanos());
            throw usedUp(until);
        }
        CallBlock callBlock = new CallBlock(drawn.grant(), drawn.calls(), now + drawLimits.validFor.toNanos());
        blocks.put(callPriority, callBlock);
        return callBlock;
    }

    private DrawResult drawFromLedger(CallPriority callPriority, int callers, int wanted) {
        List<Settled> done = collectDone();
        try {
            reportRemaining();
            return callLedger.draw(
                    done,
                    new DrawRequest(callers, wanted, callPriority, drawLimits.validFor.plus(drawLimits.answerWithin)));
        } catch (DataAccessException | TransactionException e) {
            throw new Throttled(
                    "Not sent: the call budget " + name + " cannot be read, since the database is not available",
                    WITHOUT_DATABASE);
        }
    }

    /** Ignores a report that is older than the validity of a block. */
    private void reportRemaining() {
        ReportedRemaining last = reported;
        reported = null;
        if (last != null) {
            Duration age = Duration.ofNanos(nanoTime.getAsLong() - last.atNanos);
            if (age.compareTo(drawLimits.validFor) <= 0) {
                callLedger.countForeignCalls(last.calls, age);
            }
        }
    }

    private List<Settled> collectDone() {
        long now = nanoTime.getAsLong();
        blocks.values().removeIf(callBlock -> callBlock.left(now) == 0 && retired.add(callBlock));
        List<Settled> done = retired.stream()
                .filter(b -> b.isDone(now))
                .map(b -> b.settled(now))
                .toList();
        retired.removeIf(callBlock -> callBlock.isDone(now));
        return done;
    }

    private Throttled usedUp(Duration wait) {
        return new Throttled(
                "Not sent: the call budget " + name + " is used up for another "
                        + DurationWords.of(Duration.ofSeconds(wait.toSeconds())),
                wait);
    }

    private long emptyForNanos(CallPriority callPriority, long now) {
        return emptyUntil.getOrDefault(callPriority, now) - now;
    }

    private AtomicInteger waiting(CallPriority callPriority) {
        return java.util.Objects.requireNonNull(waiting.get(callPriority));
    }

    private final class BlockPermit implements Permit {
        private final CallBlock callBlock;

        BlockPermit(CallBlock callBlock) {
            this.callBlock = callBlock;
        }

        @Override
        public void release() {
            locked(callBlock::release);
        }

        @Override
        public void answered() {
            locked(() -> callBlock.answered(nanoTime.getAsLong()));
        }

        private void locked(Runnable change) {
            lock.lock();
            try {
                change.run();
            } finally {
                lock.unlock();
            }
        }
    }
}
