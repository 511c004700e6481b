package dev.bes.testbench.demo.output;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.ScoringJson.AttemptJson;
import dev.bes.api.run.StateJson;
import dev.bes.api.run.StepJson;
import dev.bes.testbench.demo.output.TerminalStyle.Colour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Formats runs as a table, one line each. */
record RunTable(TerminalStyle style) {

    private static final List<StepJson> STEPS = List.of(StepJson.values());
    private static final String ROW = "  %-4s %-9s %s %-10s %s %9s %8s";
    private static final int BAR = 15;

    /** The head and the runs, as they stand now. */
    List<String> lines(List<RunDetailJson> runs, Instant now) {
        String head = ROW.formatted(
                "run", "trigger", padded("state"), "step", " ".repeat(BAR - 8) + "progress", "rows", "elapsed");
        return Stream.concat(
                        Stream.of(style.colour(Colour.GREY, head)),
                        runs.stream().map(run -> line(run, now)))
                .toList();
    }

    /** One run. */
    String line(RunDetailJson detail, Instant now) {
        RunJson run = detail.run();
        Instant until = run.endedAt() == null ? now : run.endedAt();
        long millis = Math.max(0, Duration.between(run.createdAt(), until).toMillis());
        return ROW.formatted(
                run.id(),
                run.trigger(),
                style.colour(colour(run.state()), padded(run.state().word())),
                step(detail),
                bar(detail),
                rows(detail),
                String.format(Locale.ROOT, "%.1f s", millis / 1000.0));
    }

    /** Changes when a run deserves a new line. */
    static String stateKey(RunDetailJson detail) {
        return detail.run().id() + detail.run().state().word() + step(detail);
    }

    private static String padded(String state) {
        return "%-10s".formatted(state);
    }

    private static String step(RunDetailJson detail) {
        return detail.scorings().isEmpty() ? "" : STEPS.get(leastStep(detail)).name();
    }

    private String bar(RunDetailJson detail) {
        int done = detail.scorings().isEmpty() ? 0 : BAR * leastStep(detail) / (STEPS.size() - 1);
        return style.symbol("█", "#").repeat(done) + style.symbol("░", ".").repeat(BAR - done);
    }

    private static int leastStep(RunDetailJson detail) {
        return detail.scorings().stream()
                .mapToInt(scoring -> STEPS.indexOf(scoring.step()))
                .min()
                .orElse(0);
    }

    private static String rows(RunDetailJson detail) {
        long rows =
                detail.lastAttempts().stream().mapToLong(AttemptJson::rowsIn).sum();
        return rows == 0 ? "" : String.format(Locale.ROOT, "%,d", rows);
    }

    private static Colour colour(StateJson state) {
        return switch (state) {
            case FINISHED -> Colour.GREEN;
            case FAILED -> Colour.RED;
            case CANCELLED -> Colour.YELLOW;
            case RUNNING -> Colour.CYAN;
            case NOT_STARTED -> Colour.GREY;
        };
    }
}
