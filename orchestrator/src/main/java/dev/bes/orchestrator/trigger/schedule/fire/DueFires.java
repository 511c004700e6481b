package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;

/** Finds the fire times that are due. */
final class DueFires {
    /** The most times that are recorded one by one; of older ones the schedule keeps no record. */
    static final int MOST = 10_000;

    private DueFires() {}

    /**
     * The last times that are due in a span, at most {@link #MOST}, in order.
     *
     * @param decided times until then are not looked at
     */
    static ArrayDeque<PlannedFire> last(ScheduleTimes times, Instant decided, Span span) {
        ArrayDeque<PlannedFire> due = new ArrayDeque<>();
        Instant from = Instant.MAX;
        // backwards from the end: a schedule of seconds has millions of times in an outage of weeks
        for (Duration back = Duration.ofHours(1);
                due.size() < MOST && !decided.equals(from);
                back = back.multipliedBy(4)) {
            from = span.until().minus(back).isAfter(decided) ? span.until().minus(back) : decided;
            due = from(times, from, span);
        }
        return due;
    }

    private static ArrayDeque<PlannedFire> from(ScheduleTimes times, Instant from, Span span) {
        ArrayDeque<PlannedFire> due = new ArrayDeque<>();
        Iterator<PlannedFire> fires = times.from(from).iterator();
        while (fires.hasNext()) {
            PlannedFire fire = fires.next();
            if (fire.time().isAfter(span.until())) {
                break;
            }
            if (fire.due().isAfter(span.since()) && !fire.due().isAfter(span.until())) {
                due.add(fire);
            }
            if (due.size() > MOST) {
                due.removeFirst();
            }
        }
        return due;
    }
}
