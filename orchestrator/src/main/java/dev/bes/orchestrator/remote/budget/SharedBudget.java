package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.budget.Ledger.Ask;
import dev.bes.orchestrator.remote.budget.Ledger.Drawn;
import dev.bes.orchestrator.remote.budget.Ledger.Settled;
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
    private final Shutter shutter;
    private final Ledger ledger;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private final Map<Precedence, AtomicInteger> waiting = new EnumMap<>(Precedence.class);
    private final Map<Precedence, Block> blocks = new EnumMap<>(Precedence.class);
    private final Map<Precedence, Long> emptyUntil = new EnumMap<>(Precedence.class);
    private final List<Block> old = new ArrayList<>();
    private @Nullable Said said;

    SharedBudget(String name, Shutter shutter, Ledger ledger, Pace pace, LongSupplier nanoTime) {
        this.name = name;
        this.shutter = shutter;
        this.ledger = ledger;
        this.pace = pace;
        this.nanoTime = nanoTime;
        for (Precedence precedence : Precedence.values()) {
            waiting.put(precedence, new AtomicInteger());
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
    public Permit take(Precedence precedence) {
        shutter.check();
        AtomicInteger those = waiting(precedence);
        those.incrementAndGet();
        lock.lock();
        try {
            Block block = usable(precedence);
            if (block == null) {
                block = draw(precedence, those.get());
            }
            block.take();
            return new Taken(block);
        } finally {
            lock.unlock();
            those.decrementAndGet();
        }
    }

    @Override
    public int likely(Precedence precedence) {
        lock.lock();
        try {
            boolean none = shutter.delay().isPositive() || stillEmpty(precedence, nanoTime.getAsLong()) > 0;
            return none ? 0 : pace.most;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public IntFunction<Duration> forecast() {
        Duration shut = shutter.delay();
        IntFunction<Duration> counted = ledger.forecast();
        return calls -> shut.compareTo(counted.apply(calls)) > 0 ? shut : counted.apply(calls);
    }

    @Override
    public void shut(Duration wait) {
        shutter.shut(wait);
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
            ledger.settle(collectDone());
            long now = nanoTime.getAsLong();
            if (emptyUntil.values().stream().anyMatch(until -> until - now > 0)) {
                long sooner = now + ledger.delay().toNanos();
                emptyUntil.replaceAll((precedence, until) -> until - sooner > 0 ? sooner : until);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the ledger small. */
    void tidy() {
        ledger.tidy();
    }

    /** What is urgent may take what was drawn for others. */
    private @Nullable Block usable(Precedence precedence) {
        long now = nanoTime.getAsLong();
        for (Precedence each : Precedence.values()) {
            Block block = blocks.get(each);
            if (block != null && each.compareTo(precedence) >= 0 && block.left(now) > 0) {
                return block;
            }
        }
        return null;
    }

    private Block draw(Precedence precedence, int callers) {
        long now = nanoTime.getAsLong();
        long wait = stillEmpty(precedence, now);
        if (wait > 0) {
            throw usedUp(Duration.ofNanos(wait));
        }
        int wanted = Math.min(pace.most, callers * AHEAD);
        Block before = blocks.remove(precedence);
        if (before != null) {
            old.add(before);
        }
        Drawn drawn = ask(precedence, callers, wanted);
        if (drawn.calls() == 0) {
            Duration until = drawn.delay().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : drawn.delay();
            emptyUntil.put(precedence, now + until.toNanos());
            throw usedUp(until);
        }
        Block block = new Block(drawn.grant(), drawn.calls(), now + pace.valid.toNanos());
        blocks.put(precedence, block);
        return block;
    }

    private Drawn ask(Precedence precedence, int callers, int wanted) {
        List<Settled> done = collectDone();
        try {
            hear();
            return ledger.draw(done, new Ask(callers, wanted, precedence, pace.valid.plus(pace.answer)));
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
                ledger.hear(last.calls, age);
            }
        }
    }

    private List<Settled> collectDone() {
        long now = nanoTime.getAsLong();
        blocks.values().removeIf(block -> block.left(now) == 0 && old.add(block));
        List<Settled> done =
                old.stream().filter(b -> b.isDone(now)).map(b -> b.settled(now)).toList();
        old.removeIf(block -> block.isDone(now));
        return done;
    }

    private Throttled usedUp(Duration wait) {
        return new Throttled(
                "Not sent: the call budget " + name + " is used up for another "
                        + DurationWords.of(Duration.ofSeconds(wait.toSeconds())),
                wait);
    }

    private long stillEmpty(Precedence precedence, long now) {
        return emptyUntil.getOrDefault(precedence, now) - now;
    }

    private AtomicInteger waiting(Precedence precedence) {
        return java.util.Objects.requireNonNull(waiting.get(precedence));
    }

    private final class Taken implements Permit {
        private final Block block;

        Taken(Block block) {
            this.block = block;
        }

        @Override
        public void giveBack() {
            locked(block::giveBack);
        }

        @Override
        public void answered() {
            locked(() -> block.answered(nanoTime.getAsLong()));
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
