package dev.bes.benchmarks.part;

import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.measure.Percentile;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import dev.bes.orchestrator.definition.Triggers.Otherwise;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedSchedule;
import dev.bes.orchestrator.trigger.schedule.simulation.Simulation;
import java.lang.management.ManagementFactory;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How long the simulator takes for a year of many schedules, in the process of the benchmark. */
public final class SimulatedYear implements BenchmarkPart {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");
    private static final double MOST_SECONDS = 5;

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Asia/Tokyo"),
            ZoneId.of("Australia/Sydney"));

    @Override
    public String name() {
        return "simulation";
    }

    @Override
    public String title() {
        return "A simulated year of schedules";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        List<SimulatedSchedule> schedules = IntStream.range(0, effort.schedules())
                .mapToObj(i -> new SimulatedSchedule("job-" + i, schedule(i), Duration.ofMinutes(20), null, null))
                .toList();
        List<List<String>> table =
                new ArrayList<>(List.of(List.of("round", "fire times", "seconds", "of them on a processor")));
        List<Double> seconds = new ArrayList<>();
        for (int round = 1; round <= effort.rounds(); round++) {
            progress.begin("simulating, round %d".formatted(round));
            long start = System.nanoTime();
            long cpu = cpuNanos();
            int fires = Simulation.of(schedules, Map.of(), FROM, TO, Integer.MAX_VALUE)
                    .fires()
                    .size();
            seconds.add((System.nanoTime() - start) / 1e9);
            table.add(List.of(
                    String.valueOf(round),
                    String.format(Locale.ROOT, "%,d", fires),
                    text(seconds.getLast()),
                    text((cpuNanos() - cpu) / 1e9)));
        }
        double slowest = Percentile.of(seconds, 100);
        String figure = String.format(Locale.ROOT, "a year of %,d schedules simulated", schedules.size());
        return new ReportSection(
                title(),
                table,
                List.of(Goal.of(figure, "under 5 s", "%.1f s (the slowest round)", slowest, slowest < MOST_SECONDS)),
                List.of(
                        "of 20 schedules 12 are daily, 5 go by a calendar, a rule or an interval, 2 fire weekly, one hourly;"
                                + " the first round begins cold"),
                List.of(),
                seconds);
    }

    private static Schedule schedule(int i) {
        return switch (i % 20) {
            case 0 -> schedule(i, "0 * * * *", null, null);
            case 1, 2 -> schedule(i, "30 6 * * 1", null, null);
            case 3 -> schedule(i, "30 6 * * *", null, calendar(Otherwise.SKIP, null));
            case 4 -> schedule(i, "30 6 * * *", null, calendar(Otherwise.NEXT, null));
            case 5 -> schedule(i, "30 6 * * *", null, calendar(Otherwise.SKIP, -1));
            case 6 -> schedule(i, null, "FREQ=WEEKLY;BYDAY=TU,SU", null);
            case 7 -> schedule(i, null, null, null);
            default -> schedule(i, i % 60 + " " + i % 24 + " * * *", null, null);
        };
    }

    private static Schedule schedule(
            int i, @Nullable String cron, @Nullable String rule, @Nullable BusinessDays calendar) {
        return new Schedule(
                "s",
                cron,
                ZONES.get(i % ZONES.size()),
                cron == null && rule == null ? Duration.ofHours(36) : null,
                rule,
                rule == null ? null : LocalDateTime.of(2026, 1, 1, 6, 0),
                null,
                null,
                null,
                calendar,
                null,
                null,
                Overlap.SKIP,
                null);
    }

    private static BusinessDays calendar(Otherwise otherwise, @Nullable Integer businessDay) {
        return new BusinessDays(
                Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                List.of("DE"),
                List.of(),
                List.of(),
                null,
                otherwise,
                businessDay);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
