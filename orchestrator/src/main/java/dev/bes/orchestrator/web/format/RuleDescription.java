package dev.bes.orchestrator.web.format;

import static java.util.Map.entry;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes recurrence rules in words. A rule with a part that is not described has no words: half of the truth would be
 * wrong.
 */
final class RuleDescription {
    private static final Map<String, String> UNITS = Map.ofEntries(
            entry("DAILY", "day"),
            entry("WEEKLY", "week"),
            entry("MONTHLY", "month"),
            entry("YEARLY", "year"),
            entry("HOURLY", "hour"),
            entry("MINUTELY", "minute"));
    private static final Set<String> KNOWN =
            Set.of("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH");
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Pattern DAY = Pattern.compile("([+-]?\\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private RuleDescription() {}

    /**
     * The description; empty if there is none.
     *
     * @param start the first time
     */
    static Optional<String> of(String rule, LocalDateTime start) {
        Map<String, String> parts = parts(rule);
        String unit = UNITS.get(parts.getOrDefault("FREQ", ""));
        if (unit == null || !KNOWN.containsAll(parts.keySet()) || start.getSecond() != 0) {
            return Optional.empty();
        }
        long every = Long.parseLong(parts.getOrDefault("INTERVAL", "1"));
        String days = days(parts, unit, start);
        if (days == null) {
            return Optional.empty();
        }
        String words = "every " + (every == 1 ? unit : every + " " + unit + "s") + days;
        String time = unit.equals("hour") || unit.equals("minute") ? "" : " at " + TIME.format(start);
        String count = parts.containsKey("COUNT") ? ", " + count(Long.parseLong(parts.get("COUNT")), "time") : "";
        String until = parts.containsKey("UNTIL") ? ", until " + parts.get("UNTIL") : "";
        return Optional.of(words + time + ", from " + start.toLocalDate() + count + until);
    }

    /** A number of things, in words. */
    static String count(long number, String unit) {
        return number == 1 ? "1 " + unit : number + " " + unit + "s";
    }

    private static Map<String, String> parts(String rule) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : rule.toUpperCase(Locale.ROOT).split(";", -1)) {
            String[] pair = part.split("=", 2);
            parts.put(pair[0].strip(), pair.length == 1 ? "" : pair[1].strip());
        }
        return parts;
    }

    /** On which days; null if there are no words for them. */
    private static @Nullable String days(Map<String, String> parts, String unit, LocalDateTime start) {
        String byDay = parts.get("BYDAY");
        String byMonthDay = parts.get("BYMONTHDAY");
        String byMonth = parts.get("BYMONTH");
        boolean small = unit.equals("hour") || unit.equals("minute");
        if ((small || unit.equals("day")) && byDay == null && byMonthDay == null && byMonth == null) {
            return "";
        }
        if (unit.equals("week") && byMonthDay == null && byMonth == null) {
            return weekdays(byDay == null ? DAYS.get(start.getDayOfWeek().getValue() - 1) : byDay);
        }
        if (unit.equals("month") && byMonth == null && (byDay == null || byMonthDay == null)) {
            String day = byMonthDay == null ? String.valueOf(start.getDayOfMonth()) : byMonthDay;
            return byDay == null ? monthDays(day) : ordinals(byDay);
        }
        if (unit.equals("year") && byDay == null && byMonthDay == null && byMonth == null) {
            Month month = start.getMonth();
            return " on %d %s".formatted(start.getDayOfMonth(), month.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        }
        return null;
    }

    private static @Nullable String weekdays(String byDay) {
        List<String> names = new ArrayList<>();
        for (String part : byDay.split(",", -1)) {
            if (!DAYS.contains(part)) {
                return null;
            }
            names.add(name(DayOfWeek.of(DAYS.indexOf(part) + 1)));
        }
        return " on " + joined(names);
    }

    private static @Nullable String ordinals(String byDay) {
        List<String> names = new ArrayList<>();
        for (String part : byDay.split(",", -1)) {
            Matcher day = DAY.matcher(part);
            if (!day.matches()) {
                return null;
            }
            String name = name(DayOfWeek.of(DAYS.indexOf(day.group(2)) + 1));
            names.add(
                    day.group(1) == null
                            ? "every " + name
                            : "the " + ScheduleWords.ordinal(Integer.parseInt(day.group(1))) + " " + name);
        }
        return " on " + joined(names);
    }

    private static @Nullable String monthDays(String days) {
        List<String> names = new ArrayList<>();
        for (String day : days.split(",", -1)) {
            if (!day.matches("-?\\d{1,2}")) {
                return null;
            }
            int number = Integer.parseInt(day);
            names.add(number > 0 ? "day " + number : "the " + ScheduleWords.ordinal(number) + " day");
        }
        return " on " + joined(names);
    }

    private static String joined(List<String> names) {
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
