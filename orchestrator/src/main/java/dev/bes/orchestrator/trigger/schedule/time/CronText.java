package dev.bes.orchestrator.trigger.schedule.time;

import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Translates the forms of cron expressions to the one of Quartz. */
public final class CronText {
    private static final Map<String, String> WORDS = Map.of(
            "@hourly", "0 0 * * * ?",
            "@daily", "0 0 0 * * ?",
            "@midnight", "0 0 0 * * ?",
            "@weekly", "0 0 0 ? * SUN",
            "@monthly", "0 0 0 1 * ?",
            "@yearly", "0 0 0 1 1 ?",
            "@annually", "0 0 0 1 1 ?");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final Pattern PART = Pattern.compile("([*]|([0-7A-Z]+)(?:-([0-7A-Z]+))?)(?:/(\\d{1,2}))?");

    private CronText() {}

    /**
     * The expression for Quartz.
     *
     * @throws ParseException if it is none of the forms; the message says why
     */
    public static String quartz(String text) throws ParseException {
        String quartz = translated(text.strip());
        CronExpression.validateExpression(quartz);
        return quartz;
    }

    private static String translated(String text) throws ParseException {
        if (text.startsWith("@")) {
            String known = WORDS.get(text.toLowerCase(Locale.ROOT));
            if (known == null) {
                throw new ParseException(
                        "there is no word '" + text + "'; the words are @hourly, @daily, @weekly,"
                                + " @monthly and @yearly",
                        0);
            }
            return known;
        }
        String[] fields = text.split("\\s+", -1);
        return fields.length == 5 ? fiveFields(fields) : text;
    }

    private static String fiveFields(String[] fields) throws ParseException {
        String day = fields[2];
        String weekday = fields[4];
        boolean anyDay = day.equals("*") || day.equals("?");
        boolean anyWeekday = weekday.equals("*") || weekday.equals("?");
        if (!anyDay && !anyWeekday) {
            throw new ParseException(
                    "a day of the month and a day of the week in five fields mean either of them: write two schedules",
                    0);
        }
        String days = anyDay && !anyWeekday ? "?" : day.equals("?") ? "*" : day;
        return String.join(" ", "0", fields[0], fields[1], days, fields[3], anyWeekday ? "?" : weekdays(weekday));
    }

    /** Five fields count days from Sunday as 0, Quartz from Sunday as 1: names are the same for both. */
    private static String weekdays(String field) throws ParseException {
        TreeSet<Integer> days = new TreeSet<>();
        for (String part : field.toUpperCase(Locale.ROOT).split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new ParseException("'" + part + "' is no day of the week", 0);
            }
            boolean any = matcher.group(1).equals("*");
            int first = any ? 0 : weekday(matcher.group(2));
            boolean open = matcher.group(3) == null;
            int last = any || (open && matcher.group(4) != null) ? 6 : open ? first : weekday(matcher.group(3));
            int step = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
            if (last < first || step == 0) {
                throw new ParseException("'" + part + "' is no range of days of the week", 0);
            }
            for (int i = first; i <= last; i += step) {
                days.add(i % 7);
            }
        }
        return String.join(",", days.stream().map(DAYS::get).toList());
    }

    private static int weekday(String text) throws ParseException {
        int named = DAYS.indexOf(text);
        if (named >= 0) {
            return named;
        }
        if (text.length() != 1 || !Character.isDigit(text.charAt(0))) {
            throw new ParseException("'" + text + "' is no day of the week", 0);
        }
        return text.charAt(0) - '0';
    }
}
