package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.TriggerKey;
import org.quartz.impl.triggers.CronTriggerImpl;

/** When schedules fire around the days on which clocks and calendars are odd. */
class FireTimeCheckTests {
    /** A trigger as Quartz moves it on when it fires. */
    private static List<Instant> fired(Schedule schedule, Instant from, int times) {
        CronTriggerImpl trigger = (CronTriggerImpl) FireTimes.trigger(TriggerKey.triggerKey("real"), schedule, from);
        trigger.setStartTime(Date.from(from.plusSeconds(1)));
        trigger.computeFirstFireTime(null);
        List<Instant> fired = new ArrayList<>();
        while (fired.size() < times && trigger.getNextFireTime() != null) {
            fired.add(trigger.getNextFireTime().toInstant());
            trigger.triggered(null);
        }
        return fired;
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            daily in the hour that a zone skips           | 0 30 2 * * ?      | Europe/Berlin     | 2026-03-28T00:00Z    | 2026-03-28T01:30Z 2026-03-30T00:30Z
            every half hour across the skipped hour       | 0 0/30 * * * ?    | Europe/Berlin     | 2026-03-29T00:15Z    | 2026-03-29T00:30Z 2026-03-29T01:00Z 2026-03-29T01:30Z
            daily in the hour that a zone has twice       | 0 30 2 * * ?      | Europe/Berlin     | 2026-10-24T12:00Z    | 2026-10-25T01:30Z 2026-10-26T01:30Z
            every half hour across the doubled hour       | 0 0/30 * * * ?    | Europe/Berlin     | 2026-10-24T23:15Z    | 2026-10-24T23:30Z 2026-10-25T01:00Z 2026-10-25T01:30Z
            the same in UTC leaves no gap                 | 0 0/30 * * * ?    | UTC               | 2026-10-24T23:45Z    | 2026-10-25T00:00Z 2026-10-25T00:30Z 2026-10-25T01:00Z
            in the other half of the world                | 0 30 2 * * ?      | Australia/Sydney  | 2026-10-02T20:00Z    | 2026-10-04T15:30Z
            on the day of a leap year                     | 0 0 12 29 2 ?     | UTC               | 2026-01-01T00:00Z    | 2028-02-29T12:00Z 2032-02-29T12:00Z
            on the last day of February                   | 0 0 12 L 2 ?      | UTC               | 2027-01-01T00:00Z    | 2027-02-28T12:00Z 2028-02-29T12:00Z
            across the end of the year                    | 0 0 0/12 * * ?    | UTC               | 2026-12-31T11:00Z    | 2026-12-31T12:00Z 2027-01-01T00:00Z 2027-01-01T12:00Z
            every second at the end of the year           | * * * * * ?       | Pacific/Auckland  | 2026-12-31T10:59:58Z | 2026-12-31T10:59:59Z 2026-12-31T11:00:00Z 2026-12-31T11:00:01Z
            where Ramadan turns the clock back            | 0 0 12 * * ?      | Africa/Casablanca | 2026-02-13T00:00Z    | 2026-02-13T11:00Z 2026-02-14T11:00Z 2026-02-15T12:00Z
            where the end of Ramadan turns it forward     | 0 0 12 * * ?      | Africa/Casablanca | 2026-03-21T00:00Z    | 2026-03-21T12:00Z 2026-03-22T11:00Z
            never again                                   | 0 0 12 1 1 ? 2026 | UTC               | 2026-01-01T00:00Z    | 2026-01-01T12:00Z
            """)
    void firesAtTheTimesOfThePreview(String what, String cron, String zone, String from, String expected) {
        Schedule schedule = new Schedule("s", cron, ZoneId.of(zone));
        Instant start = instant(from);
        List<Instant> times = Arrays.stream(expected.split(" "))
                .map(FireTimeCheckTests::instant)
                .toList();

        assertThat(fired(schedule, start, times.size())).as(what).isEqualTo(times);
        assertThat(FireTimes.next(schedule, start, 10)).as("preview").isEqualTo(fired(schedule, start, 10));
    }
}
