package dev.bes.sandbox.analytics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The slots of one width. */
final class SlotRow {

    private final Duration width;
    private final ConcurrentNavigableMap<Long, Slot> slots = new ConcurrentSkipListMap<>();

    SlotRow(Duration width) {
        this.width = width;
    }

    Duration width() {
        return width;
    }

    /** The begin of the slot that holds a moment; both in milliseconds since 1970. */
    long startOf(long moment) {
        return Math.floorDiv(moment, width.toMillis()) * width.toMillis();
    }

    Slot at(long moment) {
        return slots.computeIfAbsent(startOf(moment), Slot::new);
    }

    void put(Slot slot) {
        slots.put(slot.start(), slot);
    }

    Collection<Slot> all() {
        return slots.values();
    }

    Collection<Slot> in(TimeRange range) {
        return slots.subMap(
                        range.from().toEpochMilli() - width.toMillis(),
                        false,
                        range.to().toEpochMilli(),
                        true)
                .values();
    }

    /** Removes and returns the slots that begin before a moment, from the oldest on. */
    List<Slot> removeBefore(long moment) {
        List<Slot> removed = new ArrayList<>();
        for (Slot oldest = first(); oldest != null && oldest.start() < moment; oldest = first()) {
            slots.remove(oldest.start());
            removed.add(oldest);
        }
        return removed;
    }

    private @Nullable Slot first() {
        var entry = slots.firstEntry();
        return entry == null ? null : entry.getValue();
    }
}
