package dev.bes.orchestrator.web.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.SchedulesOfText;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules in words, which never contradict the next fifty fire times. */
class ScheduleWordsTests {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final int FIRES = 50;
    private static final Pattern WEEKDAY = Pattern.compile(Arrays.stream(DayOfWeek.values())
            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
            .collect(Collectors.joining("|")));
    private static final Pattern MONTH_DAY = Pattern.compile("\\bday (\\d+)");
    private static final Pattern TIME = Pattern.compile("\\bat (\\d\\d:\\d\\d)\\b");

    private final ScheduleWords words = new ScheduleWords();

    private String words(String yaml) {
        return words.of(SchedulesOfText.schedule(yaml), NOW).orElse("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cron: '0 30 2 * * ?'  | at 02:30
            cron: '30 2 * * 1,4'  | at 02:30 at Monday and Thursday days
            cron: '@daily'        | at 00:00
            every: 90m            | every 90 minutes, counted from 1 Jan 1970, 00:00 UTC
            every: 36h, start: 2026-03-05T06:00 | every 36 hours, counted from 5 Mar 2026, 06:00
            every: 1500ms         | every 1500 milliseconds, counted from 1 Jan 1970, 00:00 UTC
            rule: 'FREQ=MONTHLY;BYDAY=-1FR', start: 2026-01-30T18:00 | every month on the last Friday at 18:00, from 2026-01-30
            rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=6', start: 2026-01-06T02:15 | every 2 weeks on Tuesday and Sunday at 02:15, from 2026-01-06, 6 times
            rule: 'FREQ=MONTHLY;BYMONTHDAY=15,-1', start: 2026-01-15T06:00 | every month on day 15 and the last day at 06:00, from 2026-01-15
            rule: 'FREQ=YEARLY', start: 2026-04-01T06:00 | every year on 1 April at 06:00, from 2026-04-01
            rule: 'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', start: 2026-01-30T18:00 | ``
            cron: '0 18 * * *', calendar: {business-day: -1} | at 18:00, only on the last business day of the month
            cron: '0 18 * * *', calendar: {holidays: [DE]} | at 18:00, only on business days
            cron: '0 9 * * *', calendar: {on-closed: next}, jitter: 5m | at 09:00, on other days at the next business day, up to 5 minutes later
            cron: '0 9 * * *', start: 2026-03-05, end: 2026-04-08 | at 09:00, from 5 Mar 2026, 00:00, until 8 Apr 2026, 23:59
            """)
    void describesEachForm(String keys, String expected) {
        assertThat(words("{zone: UTC, " + keys + "}")).isEqualTo(expected);
    }

    static Stream<String> forms() {
        Stream<String> crons = Stream.of("30", "0", "*/15")
                .flatMap(minute -> Stream.of("2", "*/6", "9-17")
                        .flatMap(hour -> Stream.of("* * *", "1 * *", "1,15 * *", "* * 1-5", "* * 0", "* * 6,0", "* 3 *")
                                .map(days -> "cron: '" + minute + " " + hour + " " + days + "'")));
        Stream<String> quartz = Stream.of(
                        "0 0 6 ? * MON#1",
                        "0 0 6 L * ?",
                        "0 0 6 ? * FRI-MON",
                        "0 0 6 ? * 6L",
                        "0 0 6 15W * ?",
                        "@weekly")
                .map(cron -> "cron: '" + cron + "'");
        Stream<String> rules = Stream.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
                .flatMap(unit -> Stream.of("", ";INTERVAL=2", ";INTERVAL=3;COUNT=20")
                        .flatMap(interval -> Stream.of("", ";BYDAY=MO,FR", ";BYDAY=2TU", ";BYMONTHDAY=10", ";BYMONTH=5")
                                .map(days -> "rule: 'FREQ=" + unit + interval + days + "', start: 2026-01-13T06:30")));
        Stream<String> intervals = Stream.of("45s", "90m", "36h", "2d").map(time -> "every: " + time);
        return Stream.of(crons, quartz, rules, intervals).flatMap(form -> form);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void neverContradictsTheNextFiftyFireTimes(String form) {
        Schedule schedule = SchedulesOfText.schedule("{zone: UTC, " + form + "}");
        List<ZonedDateTime> fires = new ScheduleTimes("job", schedule)
                .from(NOW)
                .limit(FIRES)
                .map(PlannedFire::time)
                .map(time -> time.atZone(schedule.zone()))
                .toList();
        String text = words.of(schedule, NOW).orElse("");

        Set<String> weekdays = named(text);
        if (!weekdays.isEmpty()) {
            assertThat(fires)
                    .as(text)
                    .allSatisfy(fire -> assertThat(name(fire.getDayOfWeek())).isIn(weekdays));
        }
        Set<Integer> days = MONTH_DAY
                .matcher(text)
                .results()
                .map(day -> Integer.parseInt(day.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!days.isEmpty()) {
            assertThat(fires).as(text).allSatisfy(fire -> assertThat(days).contains(fire.getDayOfMonth()));
        }
        Set<String> times =
                TIME.matcher(text).results().map(time -> time.group(1)).collect(Collectors.toSet());
        if (times.size() == 1 && !text.contains("every hour")) {
            assertThat(fires)
                    .as(text)
                    .allSatisfy(
                            fire -> assertThat(fire.toLocalTime().toString()).isIn(times));
        }
    }

    /** The days of the week that a text names; of a range all days in it. */
    private static Set<String> named(String text) {
        Set<String> named =
                WEEKDAY.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
        Pattern.compile("between (" + WEEKDAY + ") and (" + WEEKDAY + ")")
                .matcher(text)
                .results()
                .forEach(range -> {
                    for (DayOfWeek day = day(range.group(1)); day != day(range.group(2)); day = day.plus(1)) {
                        named.add(name(day));
                    }
                });
        return named;
    }

    private static DayOfWeek day(String name) {
        return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
