package dev.bes.orchestrator.trigger.schedule.fire;

import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the fire times that are due. */
final class DueFires {
    /** The most times that are recorded one by one; of older ones the schedule keeps no record. */
    static final int MOST = 10_000;

    /** The most times that are looked at from one point on: a span with more begins too early. */
    private static final int MOST_STEPS = 2 * MOST;

    private DueFires() {}

    /**
     * The last times that are due in a span, at most {@link #MOST}, in order.
     *
     * @param times the fire times after an instant, in order
     * @param decided times until then are not looked at
     */
    static ArrayDeque<PlannedFire> last(Function<Instant, Stream<PlannedFire>> times, Instant decided, Span span) {
        Due due = new Due(span.until(), new ArrayDeque<>(), false);
        // backwards from the end: a schedule of seconds has millions of times in an outage of weeks
        for (Duration back = Duration.ofHours(1); !due.isEnough() && !due.from.equals(decided); ) {
            Instant from =
                    span.until().minus(back).isAfter(decided) ? span.until().minus(back) : decided;
            Due more = from(times, from, span);
            due = more.tooMany ? between(times, from, due, span) : more;
            back = back.multipliedBy(4);
        }
        while (due.fires.size() > MOST) {
            due.fires.removeFirst();
        }
        return due.fires;
    }

    /**
     * The times that are due from some point on.
     *
     * @param tooMany whether the walk was given up, because there are more than it may look at
     */
    private record Due(Instant from, ArrayDeque<PlannedFire> fires, boolean tooMany) {
        boolean isEnough() {
            return fires.size() >= MOST;
        }
    }

    /** Halves the time between a point with too many times after it and one with too few. */
    private static Due between(Function<Instant, Stream<PlannedFire>> times, Instant tooEarly, Due few, Span span) {
        Instant early = tooEarly;
        Due due = few;
        while (!due.isEnough()) {
            Instant middle = early.plus(Duration.between(early, due.from).dividedBy(2));
            Due half = from(times, middle, span);
            if (half.tooMany) {
                early = middle;
            } else {
                due = half;
            }
        }
        return due;
    }

    private static Due from(Function<Instant, Stream<PlannedFire>> times, Instant from, Span span) {
        ArrayDeque<PlannedFire> due = new ArrayDeque<>();
        Iterator<PlannedFire> fires = times.apply(from).iterator();
        while (fires.hasNext() && due.size() <= MOST_STEPS) {
            PlannedFire fire = fires.next();
            if (fire.time().isAfter(span.until())) {
                break;
            }
            if (fire.due().isAfter(span.since()) && !fire.due().isAfter(span.until())) {
                due.add(fire);
            }
        }
        return new Due(from, due, due.size() > MOST_STEPS);
    }
}
