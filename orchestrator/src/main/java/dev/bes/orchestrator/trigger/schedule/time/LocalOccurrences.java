package dev.bes.orchestrator.trigger.schedule.time;

import dev.bes.orchestrator.definition.Triggers.DaylightSaving;
import dev.bes.orchestrator.definition.Triggers.Missing;
import dev.bes.orchestrator.definition.Triggers.Repeated;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Times by the clock of a zone, and what becomes of them when that clock is put forward or back. */
record LocalOccurrences(Times times, ZoneId zone, DaylightSaving changes) implements Occurrences {
    private static final Duration DAY = Duration.ofDays(1);

    /** Times by a clock that is never changed. */
    @FunctionalInterface
    interface Times {
        /** The first time after another one; null if there is none. */
        @Nullable
        LocalDateTime after(LocalDateTime time);
    }

    @Override
    public Optional<Instant> after(Instant time) {
        Stream<Instant> both = changes.repeated() == Repeated.BOTH
                ? Stream.of(shown(time, false), shown(time, true)).flatMap(Optional::stream)
                : shown(time, changes.repeated() == Repeated.LAST).stream();
        Optional<Instant> next = both.min(Instant::compareTo);
        return changes.missing() == Missing.SKIP
                ? next
                : Stream.concat(next.stream(), leftOut(time, next).stream()).min(Instant::compareTo);
    }

    /** The next time that the clock shows. */
    private Optional<Instant> shown(Instant time, boolean last) {
        ZoneRules rules = zone.getRules();
        LocalDateTime from = LocalDateTime.ofInstant(time, zone);
        ZoneOffsetTransition change = rules.getTransition(from);
        // the first round of an hour that is shown twice: its earlier times are still to come
        LocalDateTime begin = last && change != null && change.isOverlap()
                ? change.getDateTimeAfter().minusNanos(1)
                : from;
        for (LocalDateTime next = times.after(begin); next != null; next = times.after(next)) {
            List<ZoneOffset> offsets = rules.getValidOffsets(next);
            if (!offsets.isEmpty()) {
                Instant instant = next.toInstant(last ? offsets.getLast() : offsets.getFirst());
                if (instant.isAfter(time)) {
                    return Optional.of(instant);
                }
            }
        }
        return Optional.empty();
    }

    /** The next time that the clock leaves out, as much later as the clock was put forward. */
    private Optional<Instant> leftOut(Instant time, Optional<Instant> before) {
        ZoneRules rules = zone.getRules();
        Instant until = before.orElse(time.plus(366, ChronoUnit.DAYS));
        ZoneOffsetTransition change = rules.nextTransition(time.minus(DAY));
        while (change != null && change.getInstant().isBefore(until)) {
            LocalDateTime next =
                    change.isGap() ? times.after(change.getDateTimeBefore().minusNanos(1)) : null;
            while (next != null && next.isBefore(change.getDateTimeAfter())) {
                Instant instant = next.toInstant(change.getOffsetBefore());
                if (instant.isAfter(time)) {
                    return Optional.of(instant);
                }
                next = times.after(next);
            }
            change = rules.nextTransition(change.getInstant());
        }
        return Optional.empty();
    }
}
