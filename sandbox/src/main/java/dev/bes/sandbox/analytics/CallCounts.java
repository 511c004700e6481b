package dev.bes.sandbox.analytics;

import dev.bes.sandbox.counters.CounterFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

/** Counts the calls of the managed API in slots of time. Its size depends on its retention, not on the number of calls. */
public final class CallCounts {

    private final InstantSource clock;
    private final Retention retention;
    private final List<SlotRow> rows;
    private final SlotFile file;
    private final ReadWriteLock moving = new ReentrantReadWriteLock();
    private volatile Slot current = new Slot(Long.MIN_VALUE);

    private CallCounts(CounterFile file, Retention retention, InstantSource clock) {
        this.clock = clock;
        this.retention = retention;
        this.rows = retention.steps().stream()
                .map(step -> new SlotRow(step.width()))
                .toList();
        this.file = new SlotFile(file);
    }

    /**
     * Continues the counts of a file, and saves them there.
     *
     * @param clock the clock that slots age by
     * @throws IllegalStateException when the file is damaged
     */
    public static CallCounts open(CounterFile file, Retention retention, InstantSource clock) {
        CallCounts counts = new CallCounts(file, retention, clock);
        counts.rows.forEach(row -> counts.file.read(row.width()).forEach(row::put));
        file.beforeSave(counts::save);
        return counts;
    }

    /** How long counts are kept. */
    public Retention retention() {
        return retention;
    }

    /** Counts a call. */
    public void record(CountedCall call) {
        SlotRow finest = rows.getFirst();
        long moment = call.time().toEpochMilli();
        Slot slot = current;
        if (slot.start() != finest.startOf(moment)) {
            slot = finest.at(moment);
            current = slot;
        }
        slot.add(call);
    }

    /** The sums of all calls that are kept. */
    public CallSums sums() {
        return sums(series -> true);
    }

    /** The sums of all calls of some series. */
    public CallSums sums(Predicate<Series> wanted) {
        return sums(kept(), retention.longest(), wanted);
    }

    /** The range from the oldest count that is kept until now. */
    public TimeRange kept() {
        Instant now = clock.instant();
        return new TimeRange(now.minus(retention.longest()), now);
    }

    /**
     * The sums of the calls in a range. A slot that reaches into the range counts as a whole.
     *
     * @param step the width of the intervals of {@link CallSums#byTime()}
     * @param wanted the series to count
     */
    public CallSums sums(TimeRange range, Duration step, Predicate<Series> wanted) {
        CallSums sums = new CallSums(step);
        moving.readLock().lock();
        try {
            for (SlotRow row : rows) {
                row.in(range).forEach(slot -> sums.add(slot, wanted));
            }
        } finally {
            moving.readLock().unlock();
        }
        return sums;
    }

    private void save() {
        moving.writeLock().lock();
        try {
            age(clock.instant());
            shrink();
            rows.forEach(
                    row -> row.all().stream().filter(Slot::takeChanged).forEach(slot -> file.write(row.width(), slot)));
        } finally {
            moving.writeLock().unlock();
        }
    }

    /** No call is counted in the slots that move: they are older than a call can be. */
    private void age(Instant now) {
        for (int i = 0; i < rows.size(); i++) {
            SlotRow row = rows.get(i);
            SlotRow next = i + 1 < rows.size() ? rows.get(i + 1) : null;
            long oldest = now.minus(retention.steps().get(i).age()).toEpochMilli();
            for (Slot slot : row.removeBefore(next == null ? row.startOf(oldest) : next.startOf(oldest))) {
                file.remove(row.width(), slot);
                forget(slot);
                if (next != null) {
                    next.at(slot.start()).add(slot);
                }
            }
        }
    }

    private void shrink() {
        int lines = rows.stream()
                .flatMap(row -> row.all().stream())
                .mapToInt(Slot::size)
                .sum();
        for (SlotRow row : rows.reversed()) {
            while (lines > retention.mostLines() && row.all().size() > 1) {
                Slot oldest = row.all().iterator().next();
                row.removeBefore(oldest.start() + 1);
                file.remove(row.width(), oldest);
                lines -= oldest.size();
            }
        }
    }

    private void forget(Slot slot) {
        if (current == slot) {
            current = new Slot(Long.MIN_VALUE);
        }
    }
}
