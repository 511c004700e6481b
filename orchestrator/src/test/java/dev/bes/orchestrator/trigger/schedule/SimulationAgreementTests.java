package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedFire;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedSchedule;
import dev.bes.orchestrator.trigger.schedule.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.JobExecutionException;

/** The simulator against the scheduler: 200 definitions in twelve zones over a year, fire for fire. */
@Tag("slow")
class SimulationAgreementTests {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");
    private static final int DEFINITIONS = 200;

    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Sydney",
            "Asia/Kolkata",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Europe/London",
            "Pacific/Auckland",
            "America/Los_Angeles",
            "Africa/Cairo",
            "Asia/Tokyo",
            "America/St_Johns");

    private static final String SPRING = ", start: 2026-03-05, end: 2026-04-08";
    private static final String AUTUMN = ", start: 2026-09-25, end: 2026-11-02";

    /** Forms of schedules; their number has no divisor in common with that of the zones. */
    private static final List<String> FORMS = List.of(
            "cron: '30 2 * * *'" + SPRING,
            "cron: '30 2 * * *'" + AUTUMN,
            "cron: '0 30 1 ? * MON,THU'",
            "cron: '@monthly'",
            "cron: '@weekly', jitter: 5h",
            "every: 36h" + SPRING,
            "rule: 'FREQ=MONTHLY;BYDAY=-1FR', start: 2026-01-02T18:00",
            "rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU', start: 2026-01-06T02:15",
            "cron: '0 18 * * *', calendar: {holidays: [US], business-day: -1}",
            "cron: '0 9 * * 1', calendar: {holidays: [DE-BY], on-closed: next}",
            "cron: '0 9 1,15 * *', calendar: {holidays: [GB], on-closed: previous}",
            "cron: '0 9 * * *', calendar: {closed: [2026-03-17]}" + SPRING,
            "cron: '*/30 2 * * *', daylight-saving: {missing: later, repeated: both}" + SPRING,
            "cron: '*/30 2 * * *', daylight-saving: {missing: skip, repeated: both}" + AUTUMN,
            "cron: '30 2 * * *', daylight-saving: {missing: later, repeated: last}" + AUTUMN,
            "cron: '0 0 12 1/7 * ?'",
            "cron: '0 30 2 L * ?'",
            "rule: 'FREQ=DAILY;INTERVAL=3', start: 2026-03-01T01:30, end: 2026-04-20, jitter: 90m",
            "cron: '30 2 * * 0', daylight-saving: {missing: later, repeated: first}");

    private static final List<String> OVERLAPS = List.of("allow", "skip", "queue", "cancel-previous");
    private static final List<Duration> RUN_TIMES =
            List.of(Duration.ofMinutes(30), Duration.ofHours(26), Duration.ofDays(9), Duration.ofHours(24));

    private final String prefix = "sim" + UUID.randomUUID().toString().substring(0, 8) + "-";

    private final RecordedFires recorded =
            new RecordedFires(DatabaseFixture.shared().jdbc());

    @TempDir
    private Path folder;

    private Definitions definitions() {
        JobFolder jobs = new JobFolder(folder);
        for (int i = 0; i < DEFINITIONS; i++) {
            jobs.definition(prefix + i, "hashing", """
                    triggers:
                      schedules:
                        - {name: s, zone: %s, overlap: %s, %s}
                    """.formatted(
                                    ZONES.get(i % ZONES.size()),
                                    OVERLAPS.get(i / 3 % OVERLAPS.size()),
                                    FORMS.get(i % FORMS.size())))
                    .write("definitions/data/" + prefix + i + "/a.csv", "text\ngood\n");
        }
        return DefinitionLoader.load(
                folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator(() -> FROM));
    }

    @Test
    void agreesFireForFireOverAYearWithBothChangesOfClocks() throws JobExecutionException {
        Definitions definitions = definitions();
        assertThat(definitions.all()).hasSize(DEFINITIONS);
        Map<String, Duration> runTimes = IntStream.range(0, DEFINITIONS)
                .boxed()
                .collect(Collectors.toMap(i -> prefix + i, i -> RUN_TIMES.get(i / 5 % RUN_TIMES.size())));

        Map<String, Instant> starts = new VirtualTime(definitions, runTimes, TO).pass(FROM);

        for (Definition definition : definitions.all()) {
            Stream<String> real = recorded
                    .between(definition.name(), "s", Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), 10_000)
                    .stream()
                    .map(fire -> line(fire, starts));
            SimulatedSchedule schedule = new SimulatedSchedule(
                    definition.name(),
                    definition.triggers().schedule("s").orElseThrow(),
                    runTimes.get(definition.name()),
                    null,
                    null);
            Simulation simulation = Simulation.of(List.of(schedule), Map.of(), FROM, TO, 10_000);
            assertThat(simulation.complete()).isTrue();
            assertThat(simulation.fires().stream().map(fire -> line(fire, schedule)))
                    .as("%s %s", definition.name(), schedule.schedule())
                    .isNotEmpty()
                    .containsExactlyElementsOf(real.toList());
        }
    }

    private static String line(RecordedFire fire, Map<String, Instant> starts) {
        String reason = fire.decision().reason();
        Instant start = starts.get(fire.definition() + " " + fire.decision().time());
        return line(fire.decision().time(), fire.decision().outcome(), reason, start);
    }

    private static String line(SimulatedFire fire, SimulatedSchedule schedule) {
        Instant start = fire.startsAt() != null && fire.startsAt().isBefore(TO) ? fire.startsAt() : null;
        boolean starts = fire.decision().outcome() == Outcome.QUEUED && start != null;
        return line(
                fire.decision().time(),
                starts ? Outcome.STARTED : fire.decision().outcome(),
                fire.decision().reason(),
                schedule.schedule().overlap() == Overlap.ALLOW ? null : start);
    }

    /** Runs have numbers in the record and none in a simulation. */
    private static String line(Instant time, Outcome outcome, @Nullable String reason, @Nullable Instant start) {
        String plain = reason == null ? "" : reason.replaceFirst("^(run [0-9]+|the run for [^ ]+) ", "a run ");
        return "%s %s at %s %s".formatted(time, outcome.word(), start, plain);
    }
}
