package dev.bes.orchestrator.trigger.schedule.time;

import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells business days from others. */
record BusinessCalendar(BusinessDays days) {
    /** The most days by which a time is moved. */
    static final int MAX_MOVE = 31;

    private static final String CLOSED = "a closed day of the definition";

    /** Why a day is no business day, in words; null if it is one. */
    @Nullable
    String closed(LocalDate day) {
        if (days.open().contains(day)) {
            return null;
        }
        if (days.closed().contains(day)) {
            return days.names() == null ? CLOSED : days.names().getOrDefault(day, CLOSED);
        }
        Optional<String> holiday = days.holidays().stream()
                .flatMap(code -> Holidays.name(code, day).map(name -> name + " (holiday of " + code + ")").stream())
                .findFirst();
        return holiday.orElseGet(() -> days.weekend().contains(day.getDayOfWeek())
                ? day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " (weekend)"
                : null);
    }

    boolean isOpen(LocalDate day) {
        return closed(day) == null;
    }

    /** Whether a day is the business day of its month on which alone the schedule fires; true for all if it names none. */
    boolean isChosen(LocalDate day) {
        Integer ordinal = days.businessDay();
        if (ordinal == null) {
            return true;
        }
        if (!isOpen(day)) {
            return false;
        }
        YearMonth month = YearMonth.from(day);
        LocalDate first = ordinal > 0 ? month.atDay(1) : day.plusDays(1);
        LocalDate end = ordinal > 0 ? day : month.plusMonths(1).atDay(1);
        long others = first.datesUntil(end).filter(this::isOpen).count();
        return others == Math.abs(ordinal) - 1;
    }

    /** The nearest business day in a direction; null if there is none within {@link #MAX_MOVE} days. */
    @Nullable
    LocalDate nearest(LocalDate day, int direction) {
        for (int i = 1; i <= MAX_MOVE; i++) {
            LocalDate other = day.plusDays((long) i * direction);
            if (isOpen(other)) {
                return other;
            }
        }
        return null;
    }
}
