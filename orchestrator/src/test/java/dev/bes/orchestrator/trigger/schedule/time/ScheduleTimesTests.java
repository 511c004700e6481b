package dev.bes.orchestrator.trigger.schedule.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.SchedulesOfText;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fire times by every form of expression, by calendars, and where clocks change. */
class ScheduleTimesTests {
    private static List<String> starts(String yaml, String from, int count) {
        Schedule schedule = SchedulesOfText.schedule(yaml);
        return new ScheduleTimes("job", schedule)
                .from(Instant.parse(from))
                .filter(fire -> fire.closed() == null)
                .limit(count)
                .map(fire ->
                        fire.time().atZone(schedule.zone()).toOffsetDateTime().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 2 * * ?    | 0 0 2 * * ?
            30 6 * * 1-5   | 0 30 6 ? * MON,TUE,WED,THU,FRI
            30 6 * * 0     | 0 30 6 ? * SUN
            30 6 * * 7     | 0 30 6 ? * SUN
            30 6 * * */2   | 0 30 6 ? * SUN,TUE,THU,SAT
            0 0 1 * *      | 0 0 0 1 * ?
            */5 * * * *    | 0 */5 * * * ?
            @daily         | 0 0 0 * * ?
            @Weekly        | 0 0 0 ? * SUN
            """)
    void readsEachFormOfCron(String text, String quartz) throws ParseException {
        assertThat(CronText.quartz(text)).isEqualTo(quartz);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 6 1 * 1", "@noon", "0 6 * * 8", "0 6 * * 5-1", "0 6 * * MON/0", "nonsense", "61 * * * *"})
    void refusesWhatIsNoCron(String text) {
        assertThatThrownBy(() -> CronText.quartz(text)).isInstanceOf(ParseException.class);
    }

    @Test
    void firesAtAnIntervalFromItsAnchorAcrossAChangeOfClocks() {
        assertThat(starts("{every: 36h, zone: Europe/Berlin, start: 2026-03-28T06:00}", "2026-03-01T00:00:00Z", 3))
                .containsExactly("2026-03-28T06:00+01:00", "2026-03-29T19:00+02:00", "2026-03-31T07:00+02:00");
    }

    @Test
    void firesByARecurrenceRuleFromItsFirstTime() {
        assertThat(starts(
                        "{rule: FREQ=MONTHLY;BYDAY=-1FR, zone: Europe/Berlin, start: 2026-01-30T18:00}",
                        "2025-01-01T00:00:00Z",
                        3))
                .containsExactly("2026-01-30T18:00+01:00", "2026-02-27T18:00+01:00", "2026-03-27T18:00+01:00");
        assertThat(starts(
                        "{rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=3', zone: UTC, start: 2026-01-05T08:00}",
                        "2025-01-01T00:00:00Z",
                        9))
                .containsExactly("2026-01-05T08:00Z", "2026-01-19T08:00Z", "2026-02-02T08:00Z");
    }

    @Test
    void firesFromItsStartToItsEnd() {
        assertThat(starts(
                        "{cron: '0 6 * * *', zone: UTC, start: 2026-01-30, end: 2026-02-01}",
                        "2026-01-01T00:00:00Z",
                        9))
                .containsExactly("2026-01-30T06:00Z", "2026-01-31T06:00Z", "2026-02-01T06:00Z");
    }

    @Test
    void delaysByJitterAlwaysTheSameAndNeverPastTheNextTime() {
        Schedule schedule = SchedulesOfText.schedule("{cron: '0 * * * *', jitter: 5h, zone: UTC}");
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        List<PlannedFire> fires =
                new ScheduleTimes("job", schedule).from(from).limit(200).toList();

        assertThat(fires)
                .allSatisfy(fire -> assertThat(Duration.between(fire.time(), fire.due()))
                        .isBetween(Duration.ZERO, Duration.ofHours(1)));
        assertThat(fires.stream()
                        .map(fire -> Duration.between(fire.time(), fire.due()))
                        .distinct())
                .hasSizeGreaterThan(100);
        assertThat(new ScheduleTimes("job", schedule).from(from).limit(200)).isEqualTo(fires);
        assertThat(new ScheduleTimes("other", schedule).from(from).limit(200)).isNotEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            skip     | 2026-12-24T06:00+01:00 2026-12-28T06:00+01:00 2026-12-29T06:00+01:00
            next     | 2026-12-24T06:00+01:00 2026-12-28T06:00+01:00 2026-12-29T06:00+01:00
            previous | 2026-12-24T06:00+01:00 2026-12-28T06:00+01:00 2026-12-29T06:00+01:00
            """)
    void firesOnceForADayAndTheClosedDaysBesideIt(String otherwise, String times) {
        assertThat(starts(
                        "{cron: '0 6 * * *', zone: Europe/Berlin, calendar: {holidays: [DE-BY], on-closed: %s}}"
                                .formatted(otherwise),
                        "2026-12-23T12:00:00Z",
                        3))
                .containsExactlyElementsOf(Arrays.asList(times.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            next     | 2026-12-28T06:00+01:00 2027-01-25T06:00+01:00
            previous | 2026-12-24T06:00+01:00 2027-01-25T06:00+01:00
            skip     | 2027-01-25T06:00+01:00 2027-02-25T06:00+01:00
            """)
    void movesATimeFromAHolidayToABusinessDay(String otherwise, String times) {
        assertThat(starts(
                        "{cron: '0 6 25 * *', zone: Europe/Berlin, calendar: {holidays: [DE], on-closed: %s}}"
                                .formatted(otherwise),
                        "2026-12-01T12:00:00Z",
                        2))
                .containsExactlyElementsOf(Arrays.asList(times.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource({"1, 2027-01-04", "3, 2027-01-06", "-1, 2027-01-29", "-2, 2027-01-28"})
    void firesOnTheNthBusinessDayOfTheMonth(int ordinal, String day) {
        assertThat(starts(
                        "{cron: '0 6 * * *', zone: UTC, calendar: {holidays: [US], business-day: %d}}"
                                .formatted(ordinal),
                        "2027-01-01T00:00:00Z",
                        1))
                .containsExactly(day + "T06:00Z");
    }

    @Test
    void closesAndOpensOwnDates() {
        assertThat(starts(
                        "{cron: '0 6 * * *', zone: UTC, calendar: {weekend: [friday, saturday], closed: [2026-06-01],"
                                + " open: [2026-06-05]}}",
                        "2026-05-31T00:00:00Z",
                        6))
                .extracting(time -> time.substring(0, 10))
                .containsExactly("2026-05-31", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-07");
    }

    @Test
    void saysWhyADayIsClosed() {
        Schedule schedule = SchedulesOfText.schedule(
                "{cron: '0 6 * * *', zone: UTC, calendar: {holidays: [US], closed: [2026-12-23, 2026-12-24],"
                        + " names: {2026-12-23: shutdown (plant.ics)}}}");
        Map<LocalDate, String> reasons = new TreeMap<>();
        new ScheduleTimes("job", schedule)
                .from(Instant.parse("2026-12-23T00:00:00Z"))
                .limit(4)
                .forEach(fire ->
                        reasons.put(LocalDate.ofInstant(fire.time(), ZoneId.of("UTC")), String.valueOf(fire.closed())));

        assertThat(reasons)
                .containsEntry(LocalDate.parse("2026-12-23"), "shutdown (plant.ics)")
                .containsEntry(LocalDate.parse("2026-12-24"), "a closed day of the definition")
                .containsEntry(LocalDate.parse("2026-12-25"), "Christmas (holiday of US)")
                .containsEntry(LocalDate.parse("2026-12-26"), "Saturday (weekend)");
    }

    @Test
    void knowsNoHolidaysOfPlacesThatDoNotExist() {
        assertThat(Holidays.mistake("DE-BY")).isEmpty();
        assertThat(Holidays.mistake("US")).isEmpty();
        assertThat(Holidays.mistake("ZZ")).contains("the public holidays of 'ZZ' are not known");
        assertThat(Holidays.mistake("DE-XX").orElseThrow()).startsWith("the region 'XX' of 'DE' is not known");
    }

    @ParameterizedTest(name = "{0} missing {1} repeated {2} on {3}")
    @CsvSource(delimiter = '|', textBlock = """
            cron | skip  | last  | spring | 2026-03-28T02:30+01:00 2026-03-30T02:30+02:00
            cron | later | last  | spring | 2026-03-28T02:30+01:00 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00
            cron | skip  | first | autumn | 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            cron | skip  | last  | autumn | 2026-10-24T02:30+02:00 2026-10-25T02:30+01:00 2026-10-26T02:30+01:00
            cron | skip  | both  | autumn | 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00
            rule | skip  | last  | spring | 2026-03-28T02:30+01:00 2026-03-30T02:30+02:00
            rule | later | last  | spring | 2026-03-28T02:30+01:00 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00
            rule | skip  | first | autumn | 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            rule | skip  | last  | autumn | 2026-10-24T02:30+02:00 2026-10-25T02:30+01:00 2026-10-26T02:30+01:00
            rule | skip  | both  | autumn | 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00
            """)
    void followsThePolicyWhereClocksChange(String form, String missing, String repeated, String season, String times) {
        String expression = form.equals("cron") ? "cron: '30 2 * * *'" : "rule: FREQ=DAILY, start: 2026-01-01T02:30";
        List<String> expected = Arrays.asList(times.split(" ", -1));
        assertThat(starts(
                        "{%s, zone: Europe/Berlin, daylight-saving: {missing: %s, repeated: %s}}"
                                .formatted(expression, missing, repeated),
                        season.equals("spring") ? "2026-03-28T00:00:00Z" : "2026-10-23T12:00:00Z",
                        expected.size()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cron: '30 2 * * *'                      | 2026-03-28T00:00:00Z | 2026-03-28T02:30+01:00 2026-03-30T02:30+02:00
            cron: '30 2 * * *'                      | 2026-10-24T12:00:00Z | 2026-10-25T02:30+01:00 2026-10-26T02:30+01:00
            rule: FREQ=DAILY, start: 2026-01-01T02:30 | 2026-03-28T12:00:00Z | 2026-03-29T03:30+02:00 2026-03-30T02:30+02:00
            rule: FREQ=DAILY, start: 2026-01-01T02:30 | 2026-10-24T12:00:00Z | 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00
            every: 24h, start: 2026-01-01T02:30     | 2026-03-28T12:00:00Z | 2026-03-29T03:30+02:00 2026-03-30T03:30+02:00
            every: 24h, start: 2026-01-01T02:30     | 2026-10-24T12:00:00Z | 2026-10-25T02:30+01:00 2026-10-26T02:30+01:00
            """)
    void hasADefaultForEachFormWhereClocksChange(String expression, String from, String times) {
        assertThat(starts("{%s, zone: Europe/Berlin}".formatted(expression), from, 2))
                .containsExactlyElementsOf(Arrays.asList(times.split(" ", -1)));
    }

    @Test
    void startsShortIntervalsInBothHoursThatClocksShowTwice() {
        assertThat(starts(
                        "{cron: '*/30 * * * *', zone: Europe/Berlin, daylight-saving: {repeated: both}}",
                        "2026-10-24T23:45:00Z",
                        5))
                .containsExactly(
                        "2026-10-25T02:00+02:00",
                        "2026-10-25T02:30+02:00",
                        "2026-10-25T02:00+01:00",
                        "2026-10-25T02:30+01:00",
                        "2026-10-25T03:00+01:00");
    }

    @Test
    void agreesWithQuartzWhereThePolicyIsTheOneOfQuartz() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")) {
            for (String cron : List.of("0 30 2 * * ?", "0 15 1 ? * SUN", "0 0 0/6 * * ?", "0 0 12 L * ?")) {
                String text = "{cron: '%s', zone: %s".formatted(cron, zone);
                String from = "2026-01-01T00:00:00Z";
                assertThat(starts(text + ", daylight-saving: {missing: skip, repeated: last}}", from, 400))
                        .as(text)
                        .isEqualTo(starts(text + "}", from, 400));
            }
        }
    }

    @Test
    void neverReturnsATimeThatIsNotAfterTheOneBefore() {
        for (String calendar : List.of("", ", calendar: {on-closed: next}", ", calendar: {on-closed: previous}")) {
            Schedule schedule = SchedulesOfText.schedule(
                    "{cron: '0/20 1-3 * * *', zone: America/New_York, daylight-saving: {missing: later, repeated: both}"
                            + calendar + "}");
            List<Instant> times = new ScheduleTimes("job", schedule)
                    .from(Instant.parse("2026-02-01T00:00:00Z"))
                    .map(PlannedFire::time)
                    .takeWhile(time -> time.isBefore(Instant.parse("2026-12-01T00:00:00Z")))
                    .toList();

            assertThat(times).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(1_500);
            assertThat(new ScheduleTimes("job", schedule).after(times.getLast().minus(1, ChronoUnit.MILLIS)))
                    .map(PlannedFire::time)
                    .contains(times.getLast());
        }
    }
}
