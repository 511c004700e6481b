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

    private static List<Instant> last(String cron, String decided) {
        ScheduleTimes times = new ScheduleTimes("d", new Schedule("s", cron, ZoneOffset.UTC));
        return DueFires.last(times, Instant.parse(decided), new Span(Instant.parse(decided), Instant.MIN, UNTIL))
                .stream()
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
}
