package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.budget.CallLedger.Ask;
import dev.bes.orchestrator.remote.budget.CallLedger.Drawn;
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
 * This node's share of the calls of one subscription: drawn from the ledger in blocks, for all that wait for a call at that
 * moment and some more, so that one draw serves many calls. What is not used soon goes back.
 */
final class SharedBudget implements CallBudget {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(2);
    private static final int AHEAD = 4;

    private final String name;
    private final SharedBackoff sharedBackoff;
    private final CallLedger callLedger;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private final Map<CallPriority, AtomicInteger> waiting = new EnumMap<>(CallPriority.class);
    private final Map<CallPriority, CallBlock> blocks = new EnumMap<>(CallPriority.class);
    private final Map<CallPriority, Long> emptyUntil = new EnumMap<>(CallPriority.class);
    private final List<CallBlock> old = new ArrayList<>();
    private @Nullable Said said;

    SharedBudget(String name, SharedBackoff sharedBackoff, CallLedger callLedger, Pace pace, LongSupplier nanoTime) {
        this.name = name;
        this.sharedBackoff = sharedBackoff;
        this.callLedger = callLedger;
        this.pace = pace;
        this.nanoTime = nanoTime;
        for (CallPriority callPriority : CallPriority.values()) {
            waiting.put(callPriority, new AtomicInteger());
        }
    }

    /**
     * How a budget is drawn on.
     *
     * @param most calls in one block at most, so that no node takes all
     * @param valid in how much time the calls of a block must be sent
     * @param answer in how much time an answer comes, at the latest
     */
    record Pace(int most, Duration valid, Duration answer) {}

    /** What the gateway said that is left, and when. */
    private record Said(int calls, long atNanos) {}

    @Override
    public Permit take(CallPriority callPriority) {
        sharedBackoff.check();
        AtomicInteger those = waiting(callPriority);
        those.incrementAndGet();
        lock.lock();
        try {
            CallBlock callBlock = usable(callPriority);
            if (callBlock == null) {
                callBlock = draw(callPriority, those.get());
            }
            callBlock.take();
            return new Taken(callBlock);
        } finally {
            lock.unlock();
            those.decrementAndGet();
        }
    }

    @Override
    public int likely(CallPriority callPriority) {
        lock.lock();
        try {
            boolean none = sharedBackoff.delay().isPositive() || stillEmpty(callPriority, nanoTime.getAsLong()) > 0;
            return none ? 0 : pace.most;
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
    public void shut(Duration wait) {
        sharedBackoff.shut(wait);
    }

    @Override
    public void remaining(int calls) {
        lock.lock();
        try {
            said = new Said(calls, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Brings what is done to the ledger, so that it counts no longer than it must, and looks what others have brought. */
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

    /** Keeps the ledger small. */
    void tidy() {
        callLedger.tidy();
    }

    /** What is urgent may take what was drawn for others. */
    private @Nullable CallBlock usable(CallPriority callPriority) {
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
        long wait = stillEmpty(callPriority, now);
        if (wait > 0) {
            throw usedUp(Duration.ofNanos(wait));
        }
        int wanted = Math.min(pace.most, callers * AHEAD);
        CallBlock before = blocks.remove(callPriority);
        if (before != null) {
            old.add(before);
        }
        Drawn drawn = ask(callPriority, callers, wanted);
        if (drawn.calls() == 0) {
            Duration until = drawn.delay().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : drawn.delay();
            emptyUntil.put(callPriority, now + until.toNanos());
            throw usedUp(until);
        }
        CallBlock callBlock = new CallBlock(drawn.grant(), drawn.calls(), now + pace.valid.toNanos());
        blocks.put(callPriority, callBlock);
        return callBlock;
    }

    private Drawn ask(CallPriority callPriority, int callers, int wanted) {
        List<Settled> done = collectDone();
        try {
            hear();
            return callLedger.draw(done, new Ask(callers, wanted, callPriority, pace.valid.plus(pace.answer)));
        } catch (DataAccessException | TransactionException e) {
            throw new Throttled("Not sent: the call budget " + name + " can't be asked", WITHOUT_DATABASE);
        }
    }

    /** What was said longer ago than a block is valid tells little of how things stand. */
    private void hear() {
        Said last = said;
        said = null;
        if (last != null) {
            Duration age = Duration.ofNanos(nanoTime.getAsLong() - last.atNanos);
            if (age.compareTo(pace.valid) <= 0) {
                callLedger.hear(last.calls, age);
            }
        }
    }

    private List<Settled> collectDone() {
        long now = nanoTime.getAsLong();
        blocks.values().removeIf(callBlock -> callBlock.left(now) == 0 && old.add(callBlock));
        List<Settled> done =
                old.stream().filter(b -> b.isDone(now)).map(b -> b.settled(now)).toList();
        old.removeIf(callBlock -> callBlock.isDone(now));
        return done;
    }

    private Throttled usedUp(Duration wait) {
        return new Throttled(
                "Not sent: the call budget " + name + " is used up for another "
                        + DurationWords.of(Duration.ofSeconds(wait.toSeconds())),
                wait);
    }

    private long stillEmpty(CallPriority callPriority, long now) {
        return emptyUntil.getOrDefault(callPriority, now) - now;
    }

    private AtomicInteger waiting(CallPriority callPriority) {
        return java.util.Objects.requireNonNull(waiting.get(callPriority));
    }

    private final class Taken implements Permit {
        private final CallBlock callBlock;

        Taken(CallBlock callBlock) {
            this.callBlock = callBlock;
        }

        @Override
        public void giveBack() {
            locked(callBlock::giveBack);
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
