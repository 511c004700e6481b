package dev.bes.orchestrator.trigger.schedule.time;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Public holidays of countries and regions, by Jollyday. */
public final class Holidays {
    private static final Map<String, Map<LocalDate, String>> YEARS = new ConcurrentHashMap<>();

    private Holidays() {}

    /**
     * The name of a public holiday.
     *
     * @param code country or region, such as {@code DE-BY}
     * @return the name in English; empty if the day is none
     */
    static Optional<String> name(String code, LocalDate day) {
        Map<LocalDate, String> year =
                YEARS.computeIfAbsent(code + " " + day.getYear(), key -> year(parts(code), Year.of(day.getYear())));
        return Optional.ofNullable(year.get(day));
    }

    /** Why the holidays of a code are not known; empty if they are. */
    public static Optional<String> mistake(String code) {
        List<String> parts = parts(code);
        if (!HolidayManager.getSupportedCalendarCodes()
                .contains(parts.getFirst().toUpperCase(Locale.ROOT))) {
            return Optional.of("the public holidays of '%s' are not known".formatted(code));
        }
        CalendarHierarchy place = manager(parts).getCalendarHierarchy();
        for (String part : parts.subList(1, parts.size())) {
            Map<String, CalendarHierarchy> regions = place.getChildren();
            if (!regions.containsKey(part)) {
                return Optional.of("the region '%s' of '%s' is not known; known are: %s"
                        .formatted(
                                part.toUpperCase(Locale.ROOT),
                                parts.getFirst().toUpperCase(Locale.ROOT),
                                String.join(
                                        ", ", regions.keySet().stream().sorted().toList())));
            }
            place = regions.get(part);
        }
        return Optional.empty();
    }

    private static Map<LocalDate, String> year(List<String> parts, Year year) {
        String[] region = parts.subList(1, parts.size()).toArray(String[]::new);
        Map<LocalDate, String> names = new HashMap<>();
        manager(parts)
                .getHolidays(year, HolidayType.PUBLIC_HOLIDAY, region)
                .forEach(holiday -> names.put(holiday.getDate(), holiday.getDescription(Locale.ENGLISH)));
        return Map.copyOf(names);
    }

    private static HolidayManager manager(List<String> parts) {
        return HolidayManager.getInstance(ManagerParameters.create(parts.getFirst()));
    }

    private static List<String> parts(String code) {
        return List.of(code.toLowerCase(Locale.ROOT).split("-", -1));
    }
}
