package dev.bes.orchestrator.trigger.schedule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.load.SchedulesOfText;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What schedules will do. */
class SimulationTests {
    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");

    private static SimulatedSchedule schedule(String yaml, Duration runTime, @Nullable String pause) {
        return new SimulatedSchedule("job", SchedulesOfText.schedule(yaml), runTime, null, pause);
    }

    private static List<String> fires(String yaml, Duration runTime, String until) {
        return Simulation.of(List.of(schedule(yaml, runTime, null)), Map.of(), FROM, Instant.parse(until), 100)
                .fires()
                .stream()
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
                Map.of(),
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
        Simulation simulation =
                Simulation.of(List.of(seconds, half), Map.of(), FROM, FROM.plus(Duration.ofDays(366)), 5);

        assertThat(simulation.complete()).isFalse();
        assertThat(simulation.fires())
                .extracting(
                        fire -> Duration.between(FROM, fire.decision().time()).toMillis())
                .containsExactly(0L, 0L, 1_000L, 1_500L, 2_000L);
        assertThat(Simulation.of(List.of(), Map.of(), FROM, FROM.plusSeconds(1), 1))
                .isEqualTo(new Simulation(List.of(), true));
    }

    private static List<String> inPool(Limits limits, Duration runTime, String... schedules) {
        List<SimulatedSchedule> simulated = IntStream.range(0, schedules.length)
                .mapToObj(i ->
                        new SimulatedSchedule("job-" + i, SchedulesOfText.schedule(schedules[i]), runTime, "gpu", null))
                .toList();
        return Simulation.of(simulated, Map.of("gpu", limits), FROM, FROM.plus(Duration.ofDays(1)), 100)
                .fires()
                .stream()
                .map(fire -> fire.definition() + " " + fire.decision().outcome().word() + " "
                        + fire.decision().time().atZone(ZoneOffset.UTC).toLocalTime() + " "
                        + (fire.startsAt() == null
                                ? "never"
                                : fire.startsAt().atZone(ZoneOffset.UTC).toLocalTime())
                        + (fire.decision().reason() == null
                                ? ""
                                : " " + fire.decision().reason()))
                .toList();
    }

    @Test
    void waitsForTheSlotsOfAPoolInTheOrderOfFireTimes() {
        assertThat(inPool(
                        new Limits("", 1, null),
                        Duration.ofHours(2),
                        "{cron: '0 3 * * *', zone: UTC}",
                        "{cron: '30 3,9 * * *', zone: UTC}",
                        "{cron: '0 4,6 * * *', zone: UTC, overlap: skip}"))
                .containsExactly(
                        "job-0 started 03:00 03:00",
                        "job-1 started 03:30 05:00 waits for pool 'gpu'",
                        "job-2 started 04:00 07:00 waits for pool 'gpu'",
                        "job-2 overlapped 06:00 never the run for 2026-03-02T04:00:00Z was unfinished",
                        "job-1 started 09:30 09:30");
    }

    @Test
    void waitsForTheRateOfAPool() {
        assertThat(inPool(
                        new Limits("", 10, new Rate(2, Duration.ofHours(1))),
                        Duration.ofMinutes(1),
                        "{cron: '0 3 * * *', zone: UTC}",
                        "{cron: '10 3 * * *', zone: UTC}",
                        "{cron: '20 3 * * *', zone: UTC}",
                        "{cron: '30 3 * * *', zone: UTC}"))
                .containsExactly(
                        "job-0 started 03:00 03:00",
                        "job-1 started 03:10 03:10",
                        "job-2 started 03:20 04:00 waits for pool 'gpu'",
                        "job-3 started 03:30 04:10 waits for pool 'gpu'");
    }

    @Test
    void neverStartsInAPoolWithoutSlotsOrWithoutARow() {
        String schedule = "{cron: '0 3 * * *', zone: UTC}";
        assertThat(inPool(new Limits("", 0, null), Duration.ZERO, schedule))
                .containsExactly("job-0 started 03:00 never waits for pool 'gpu', which lets none start");
        SimulatedSchedule unknown =
                new SimulatedSchedule("job", SchedulesOfText.schedule(schedule), Duration.ZERO, "none", null);
        assertThat(Simulation.of(List.of(unknown), Map.of(), FROM, FROM.plus(Duration.ofDays(1)), 10)
                        .fires())
                .singleElement()
                .returns(null, SimulatedFire::startsAt);
    }
}
