package dev.bes.orchestrator.trigger.schedule.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DueFiresTests {
    private static final Instant UNTIL = Instant.parse("2026-03-01T06:00:00Z");

    private int steps;

    private List<Instant> last(String cron, String decided) {
        ScheduleTimes times = new ScheduleTimes("d", new Schedule("s", cron, ZoneOffset.UTC));
        Span span = new Span(Instant.parse(decided), Instant.MIN, UNTIL);
        return DueFires.last(from -> times.from(from).peek(fire -> steps++), Instant.parse(decided), span).stream()
                .map(PlannedFire::time)
                .toList();
    }

    @Test
    void keepsTheLastTimesOfAScheduleOfSecondsAfterTenYears() {
        List<Instant> last = last("* * * * * ?", "2016-01-01T00:00:00Z");

        assertThat(last).hasSize(DueFires.MOST).startsWith(UNTIL.minusSeconds(DueFires.MOST - 1L));
        assertThat(last).endsWith(UNTIL);
    }

    @Test
    void findsAllTimesOfARareSchedule() {
        assertThat(last("0 0 0 1 1 ?", "2024-01-01T00:00:00Z"))
                .containsExactly(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void looksAtABoundedNumberOfTimesOfAScheduleOfTheSecondsOfOneMonth() {
        List<Instant> last = last("* * * * 6 ?", "2022-01-01T00:00:00Z");

        assertThat(last)
                .hasSize(DueFires.MOST)
                .startsWith(Instant.parse("2025-07-01T00:00:00Z").minusSeconds(DueFires.MOST))
                .endsWith(Instant.parse("2025-06-30T23:59:59Z"));
        assertThat(steps).as("of ten million").isLessThan(60 * DueFires.MOST);
    }

    @Test
    void endsAtTheTimeThatWasDecidedLast() {
        assertThat(last("* * * * 6 ?", "2025-06-30T23:59:57Z"))
                .containsExactly(Instant.parse("2025-06-30T23:59:58Z"), Instant.parse("2025-06-30T23:59:59Z"));
    }
}
