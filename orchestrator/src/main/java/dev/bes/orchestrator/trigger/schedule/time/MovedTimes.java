package dev.bes.orchestrator.trigger.schedule.time;

import dev.bes.orchestrator.definition.Triggers.Otherwise;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fire times of a schedule that moves those on other days to the next or the previous business day. */
record MovedTimes(
        Occurrences occurrences,
        BusinessCalendar calendar,
        ZoneId zone,
        @Nullable Instant end) {
    /** How many days without a time are looked at one by one. */
    private static final int IDLE_DAYS = 40;

    /** The first fire time after an instant; empty if there is none. It may be after the end. */
    Optional<PlannedFire> after(Instant time) {
        LocalDate day = LocalDate.ofInstant(time, zone);
        int idle = 0;
        while (idle <= IDLE_DAYS) {
            Map.Entry<Instant, PlannedFire> next = on(day).higherEntry(time);
            if (next != null) {
                return Optional.of(next.getValue());
            }
            day = day.plusDays(1);
            idle++;
            if (idle == IDLE_DAYS) {
                Optional<Instant> later = occurrences.after(startOf(day.minusDays(BusinessCalendar.MAX_MOVE + 1L)));
                if (later.isPresent() && (end == null || startOf(day).isBefore(end.plus(IDLE_DAYS, ChronoUnit.DAYS)))) {
                    LocalDate earliest = LocalDate.ofInstant(later.get(), zone).minusDays(BusinessCalendar.MAX_MOVE);
                    day = earliest.isAfter(day) ? earliest : day;
                    idle = 0;
                }
            }
        }
        return Optional.empty();
    }

    /** All fire times of a day: its own, and those that are moved to it. */
    private NavigableMap<Instant, PlannedFire> on(LocalDate day) {
        NavigableMap<Instant, PlannedFire> fires = new TreeMap<>();
        int direction = calendar.days().otherwise() == Otherwise.NEXT ? 1 : -1;
        String closed = calendar.closed(day);
        if (closed != null) {
            if (calendar.nearest(day, direction) == null) {
                occurrencesOn(day).forEach(time -> fires.put(time, new PlannedFire(time, time, closed, null)));
            }
            return fires;
        }
        if (!calendar.isChosen(day)) {
            return fires;
        }
        occurrencesOn(day).forEach(time -> fires.put(time, new PlannedFire(time, time, null, null)));
        for (int i = 1; i <= BusinessCalendar.MAX_MOVE; i++) {
            LocalDate other = day.minusDays((long) i * direction);
            if (calendar.isOpen(other)) {
                break;
            }
            for (Instant time : occurrencesOn(other)) {
                Instant moved = time.atZone(zone).with(day).toInstant();
                fires.putIfAbsent(moved, new PlannedFire(moved, moved, null, other));
            }
        }
        return fires;
    }

    private List<Instant> occurrencesOn(LocalDate day) {
        List<Instant> times = new ArrayList<>();
        Instant until = startOf(day.plusDays(1));
        Optional<Instant> next = occurrences.after(startOf(day).minusMillis(1));
        while (next.isPresent() && next.get().isBefore(until)) {
            times.add(next.get());
            next = occurrences.after(next.get());
        }
        return times;
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
