package dev.bes.benchmarks;

import dev.bes.benchmarks.engine.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The goals for a run of many small files, each with what was reached; without the other engine there is nothing to say. */
record Goals(List<Result> results) {

    private static final String SPEED = "scorings per second";
    private static final double COMMITS = 0.3;
    private static final double CPU_MS = 0.5;
    private static final double OF_BARE = 80;
    private static final double OF_DB_SCHEDULER = 1.5;

    /** A row for each goal, below a head. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "goal", "reached", "met"));
        of(Orchestrator.NAME).ifPresent(ours -> {
            double commits = ours.median(Figures::commits);
            rows.add(row("commits per scoring", "at most 0.3", "%.3f", commits, commits <= COMMITS));
            of(Kind.BARE.word()).ifPresent(bare -> rows.addAll(besideBare(ours, bare)));
            of(Kind.DB_SCHEDULER.word()).ifPresent(other -> {
                double times = ours.median(Figures::perSecond) / other.median(Figures::perSecond);
                rows.add(row(SPEED, "at least 1.5 times db-scheduler", "%.2f times", times, times >= OF_DB_SCHEDULER));
            });
        });
        return rows;
    }

    private static List<List<String>> besideBare(Result ours, Result bare) {
        double share = 100 * ours.median(Figures::perSecond) / bare.median(Figures::perSecond);
        double cpu = ours.median(Figures::cpuMs) - bare.median(Figures::cpuMs);
        return List.of(
                row(SPEED, "at least 80 % of the bare calls", "%.0f %%", share, share >= OF_BARE),
                row("CPU per scoring above the bare calls", "at most 0.5 ms", "%.2f ms", cpu, cpu <= CPU_MS));
    }

    private Optional<Result> of(String engine) {
        return results.stream().filter(result -> result.engine().equals(engine)).findFirst();
    }

    private static List<String> row(String figure, String goal, String format, double reached, boolean met) {
        return List.of(figure, goal, String.format(Locale.ROOT, format, reached), met ? "yes" : "NO");
    }
}
