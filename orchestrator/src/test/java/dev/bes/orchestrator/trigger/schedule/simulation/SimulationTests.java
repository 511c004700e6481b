package dev.bes.orchestrator.trigger.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.load.SchedulesOfText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What schedules will do. */
class SimulationTests {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");

    private static SimulatedSchedule schedule(String yaml, Duration runTime, @Nullable String pause) {
        return new SimulatedSchedule("job", SchedulesOfText.schedule(yaml), runTime, pause);
    }

    private static List<String> fires(String yaml, Duration runTime, String until) {
        return Simulation.of(List.of(schedule(yaml, runTime, null)), FROM, Instant.parse(until), 100).fires().stream()
                .map(fire ->
                        fire.decision().outcome().word() + " " + fire.decision().time() + " " + fire.startsAt())
                .toList();
    }

    @Test
    void startsRunsThatMayOverlap() {
        assertThat(fires("{cron: '0 0 * * *', zone: UTC}", Duration.ofDays(3), "2026-03-04T00:00:00Z"))
                .containsExactly(
                        "started 2026-03-02T00:00:00Z 2026-03-02T00:00:00Z",
                        "started 2026-03-03T00:00:00Z 2026-03-03T00:00:00Z");
    }

    @Test
    void skipsWhileARunIsUnfinished() {
        assertThat(fires("{cron: '0 0 * * *', zone: UTC, overlap: skip}", Duration.ofHours(24), "2026-03-04T00:00:00Z"))
                .as("a run that ends just then is over")
                .containsExactly(
                        "started 2026-03-02T00:00:00Z 2026-03-02T00:00:00Z",
                        "started 2026-03-03T00:00:00Z 2026-03-03T00:00:00Z");
        assertThat(fires("{cron: '0 0 * * *', zone: UTC, overlap: skip}", Duration.ofHours(25), "2026-03-05T00:00:00Z"))
                .containsExactly(
                        "started 2026-03-02T00:00:00Z 2026-03-02T00:00:00Z",
                        "overlapped 2026-03-03T00:00:00Z null",
                        "started 2026-03-04T00:00:00Z 2026-03-04T00:00:00Z");
    }

    @Test
    void queuesBehindAllEarlierRuns() {
        assertThat(fires(
                        "{cron: '0 0 * * *', zone: UTC, overlap: queue}", Duration.ofHours(30), "2026-03-05T00:00:00Z"))
                .containsExactly(
                        "started 2026-03-02T00:00:00Z 2026-03-02T00:00:00Z",
                        "queued 2026-03-03T00:00:00Z 2026-03-03T06:00:00Z",
                        "queued 2026-03-04T00:00:00Z 2026-03-04T12:00:00Z");
    }

    @Test
    void cancelsThePreviousRun() {
        assertThat(fires(
                        "{cron: '0 0 * * *', zone: UTC, overlap: cancel-previous}",
                        Duration.ofHours(30),
                        "2026-03-04T00:00:00Z"))
                .containsExactly(
                        "started 2026-03-02T00:00:00Z 2026-03-02T00:00:00Z",
                        "started 2026-03-03T00:00:00Z 2026-03-03T00:00:00Z");
    }

    @Test
    void saysWhatIsClosedAndWhatIsPaused() {
        assertThat(fires(
                        "{cron: '0 0 * * *', zone: UTC, calendar: {closed: [2026-03-03]}}",
                        Duration.ZERO,
                        "2026-03-04T00:00:00Z"))
                .containsExactly(
                        "started 2026-03-02T00:00:00Z 2026-03-02T00:00:00Z", "closed 2026-03-03T00:00:00Z null");
        Simulation paused = Simulation.of(
                List.of(schedule("{cron: '0 0 * * *', zone: UTC}", Duration.ZERO, "paused by user:ann: audit")),
                FROM,
                FROM.plusSeconds(1),
                10);
        assertThat(paused.fires())
                .singleElement()
                .satisfies(fire -> assertThat(fire.decision().reason()).isEqualTo("paused by user:ann: audit"));
    }

    @Test
    void mergesSchedulesInOrderAndStopsAtTheLimit() {
        SimulatedSchedule seconds = schedule("{cron: '* * * * * ?', zone: UTC}", Duration.ZERO, null);
        SimulatedSchedule half = schedule("{every: 1500ms, zone: UTC}", Duration.ZERO, null);
        Simulation simulation = Simulation.of(List.of(seconds, half), FROM, FROM.plus(Duration.ofDays(366)), 5);

        assertThat(simulation.complete()).isFalse();
        assertThat(simulation.fires())
                .extracting(
                        fire -> Duration.between(FROM, fire.decision().time()).toMillis())
                .containsExactly(0L, 0L, 1_000L, 1_500L, 2_000L);
        assertThat(Simulation.of(List.of(), FROM, FROM.plusSeconds(1), 1)).isEqualTo(new Simulation(List.of(), true));
    }
}
