package dev.bes.sandbox.analytics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The calls of one slot of time, by series. Calls of different series do not wait for each other. */
final class Slot {

    private final long start;
    private final Map<Series, Figures> figures = new ConcurrentHashMap<>();
    private volatile boolean changed;

    /** @param start the slot's begin, in milliseconds since 1970 */
    Slot(long start) {
        this.start = start;
    }

    static Slot of(long start, Saved saved) {
        Slot slot = new Slot(start);
        saved.lines().forEach(line -> slot.figures.put(line.series(), Figures.of(line.figures())));
        return slot;
    }

    long start() {
        return start;
    }

    void add(CountedCall call) {
        figures(call.series()).add(call);
        markChanged();
    }

    void add(Slot other) {
        other.figures.forEach((series, more) -> more.addTo(figures(series)));
        markChanged();
    }

    int size() {
        return figures.size();
    }

    void forEach(BiConsumer<Series, Figures> action) {
        figures.forEach(action);
    }

    /** Whether there were calls since the last time that this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    Saved saved() {
        return new Saved(figures.entrySet().stream()
                .map(line -> new Saved.Line(line.getKey(), line.getValue().saved()))
                .toList());
    }

    private Figures figures(Series series) {
        Figures known = figures.get(series);
        return known != null ? known : figures.computeIfAbsent(series, key -> new Figures());
    }

    /** The test spares a write to memory that all threads share. */
    private void markChanged() {
        if (!changed) {
            changed = true;
        }
    }

    /** As it is in the file. */
    record Saved(List<Line> lines) {
        record Line(Series series, Figures.Saved figures) {}
    }
}
