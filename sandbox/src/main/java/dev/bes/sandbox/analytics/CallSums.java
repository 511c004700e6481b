package dev.bes.sandbox.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** The sums of the calls in a range of time. Owned by one thread. */
public final class CallSums {

    private final long step;
    private final Map<Series, Figures> bySeries = new HashMap<>();
    private final NavigableMap<Instant, Figures> byTime = new TreeMap<>();
    private final Figures all = new Figures();

    CallSums(Duration step) {
        this.step = step.toMillis();
    }

    void add(Slot slot, Predicate<Series> wanted) {
        Instant interval = Instant.ofEpochMilli(Math.floorDiv(slot.start(), step) * step);
        slot.forEach((series, figures) -> {
            if (wanted.test(series)) {
                figures.addTo(bySeries.computeIfAbsent(series, key -> new Figures()));
                figures.addTo(byTime.computeIfAbsent(interval, key -> new Figures()));
                figures.addTo(all);
            }
        });
    }

    /** The sum of all calls. */
    public Figures all() {
        return all;
    }

    /** The sums of the intervals with calls, by the begin of the interval. */
    public NavigableMap<Instant, Figures> byTime() {
        return byTime;
    }

    /**
     * The sums of the groups with calls.
     *
     * @param group the part of a series that makes a group
     */
    public Map<Series, Figures> by(Function<Series, Series> group) {
        Map<Series, Figures> sums = new HashMap<>();
        bySeries.forEach(
                (series, figures) -> figures.addTo(sums.computeIfAbsent(group.apply(series), key -> new Figures())));
        return sums;
    }
}
