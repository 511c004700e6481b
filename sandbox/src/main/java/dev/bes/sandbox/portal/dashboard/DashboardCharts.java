package dev.bes.sandbox.portal.dashboard;

import dev.bes.sandbox.analytics.CallSums;
import dev.bes.sandbox.analytics.Figures;
import dev.bes.sandbox.analytics.Result;
import dev.bes.sandbox.portal.dashboard.TimeChart.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The charts over time, and the table with the same figures. */
final class DashboardCharts {

    private final DashboardRange range;
    private final CallSums sums;

    DashboardCharts(DashboardRange range, CallSums sums) {
        this.range = range;
        this.sums = sums;
    }

    List<TimeChart> all() {
        return List.of(calls(), latency(), bandwidth());
    }

    /** The intervals with calls, the last one first. */
    List<FigureRow> rows() {
        long most =
                sums.byTime().values().stream().mapToLong(Figures::calls).max().orElse(0);
        return sums.byTime().descendingMap().entrySet().stream()
                .map(each -> FigureRow.of(Formats.moment(each.getKey()), "", each.getValue(), most))
                .toList();
    }

    private TimeChart calls() {
        List<Values> layers = Arrays.stream(Result.values())
                .map(result -> values(label(result), label(result), figures -> figures.calls(result)))
                .toList();
        Figures all = sums.all();
        String description = "%s calls: %s success, %s blocked, %s failed, %s other."
                .formatted(
                        Formats.count(all.calls()),
                        Formats.count(all.calls(Result.SUCCESS)),
                        Formats.count(all.calls(Result.BLOCKED)),
                        Formats.count(all.calls(Result.FAILED)),
                        Formats.count(all.calls(Result.OTHER)));
        return TimeChart.bars("calls", "Calls", description, range, layers, value -> Formats.count((long) value));
    }

    private TimeChart latency() {
        List<Values> lines = List.of(
                values("average", "average", Figures::average),
                values("median", "p50", figures -> figures.percentile(0.5)),
                values("p95", "p95", figures -> figures.percentile(0.95)));
        Figures all = sums.all();
        String description = "Time from request to response: average %s, p50 %s, p95 %s."
                .formatted(
                        Formats.time(all.average()),
                        Formats.time(all.percentile(0.5)),
                        Formats.time(all.percentile(0.95)));
        return TimeChart.lines("latency", "Latency", description, range, lines, value -> Formats.time((long) value));
    }

    private TimeChart bandwidth() {
        List<Values> layers = List.of(values("bandwidth", "bandwidth", Figures::bytes));
        String description = "Bodies of requests and responses: %s."
                .formatted(Formats.bytes(sums.all().bytes()));
        return TimeChart.bars(
                "bandwidth", "Bandwidth", description, range, layers, value -> Formats.bytes((long) value));
    }

    private Values values(String style, String label, ToDoubleFunction<Figures> figure) {
        List<Double> values = IntStream.range(0, range.intervals())
                .mapToObj(i -> sums.byTime().get(range.begin(i)))
                .map(figures -> figures == null ? 0 : figure.applyAsDouble(figures))
                .toList();
        return new Values(style, label, values);
    }

    private static String label(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
