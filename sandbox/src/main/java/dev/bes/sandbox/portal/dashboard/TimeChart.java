package dev.bes.sandbox.portal.dashboard;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * A chart over time, ready to draw: all figures are pixels of a drawing of 720 by 200.
 *
 * @param id unique in the page
 * @param description what a reader who does not see the chart should know
 * @param lines whether layers are lines, and not stacked bars
 */
record TimeChart(
        String id,
        String title,
        String description,
        boolean lines,
        List<Layer> layers,
        List<Tick> rows,
        List<Tick> columns) {

    private static final int LEFT = 64;
    private static final int RIGHT = 712;
    private static final int TOP = 10;
    private static final int BOTTOM = 172;
    private static final int LINES = 4;
    private static final int MOST_COLUMNS = 6;

    /**
     * One series.
     *
     * @param style the class in the style sheet
     * @param path the commands of an SVG path
     */
    record Layer(String style, String label, String path) {}

    /** A line of the grid with its label. */
    record Tick(double at, String label) {}

    /**
     * The values of one series.
     *
     * @param values one for each interval; a line leaves out what is not above zero
     */
    record Values(String style, String label, List<Double> values) {}

    /** Bars of several layers on each other. */
    static TimeChart bars(
            String id,
            String title,
            String description,
            DashboardRange range,
            List<Values> series,
            DoubleFunction<String> format) {
        double[] sums = new double[range.intervals()];
        series.forEach(each -> IntStream.range(0, sums.length)
                .forEach(i -> sums[i] += each.values().get(i)));
        Scale scale = Scale.upTo(Arrays.stream(sums).max().orElse(0));
        double[] below = new double[sums.length];
        List<Layer> layers = new ArrayList<>();
        for (Values each : series) {
            layers.add(new Layer(each.style(), each.label(), barPath(each.values(), below, scale)));
        }
        return new TimeChart(id, title, description, false, layers, rows(scale, format), columns(range));
    }

    /** Lines. */
    static TimeChart lines(
            String id,
            String title,
            String description,
            DashboardRange range,
            List<Values> series,
            DoubleFunction<String> format) {
        Scale scale = Scale.upTo(series.stream()
                .flatMap(each -> each.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0));
        List<Layer> layers = series.stream()
                .map(each -> new Layer(each.style(), each.label(), linePath(each.values(), scale)))
                .toList();
        return new TimeChart(id, title, description, true, layers, rows(scale, format), columns(range));
    }

    private static String barPath(List<Double> values, double[] below, Scale scale) {
        StringBuilder path = new StringBuilder();
        double width = (double) (RIGHT - LEFT) / values.size();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) > 0) {
                double from = y(below[i], scale);
                double to = y(below[i] + values.get(i), scale);
                path.append(String.format(
                        Locale.ROOT,
                        "M%.1f %.1fh%.1fV%.1fh%.1fz",
                        LEFT + i * width + 1,
                        from,
                        width - 2,
                        to,
                        2 - width));
                below[i] += values.get(i);
            }
        }
        return path.toString();
    }

    /** An interval without calls interrupts a line; one between two such is a dot. */
    private static String linePath(List<Double> values, Scale scale) {
        StringBuilder path = new StringBuilder();
        double width = (double) (RIGHT - LEFT) / values.size();
        boolean drawing = false;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) > 0) {
                boolean alone = !drawing && (i + 1 == values.size() || values.get(i + 1) <= 0);
                String form =
                        alone ? "M%.1f %.1fm-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0" : drawing ? "L%.1f %.1f" : "M%.1f %.1f";
                path.append(String.format(Locale.ROOT, form, LEFT + (i + 0.5) * width, y(values.get(i), scale)));
            }
            drawing = values.get(i) > 0;
        }
        return path.toString();
    }

    private static List<Tick> rows(Scale scale, DoubleFunction<String> format) {
        return IntStream.rangeClosed(0, LINES)
                .mapToObj(i -> new Tick(y(scale.line(i), scale), format.apply(scale.line(i))))
                .toList();
    }

    private static List<Tick> columns(DashboardRange range) {
        boolean days = range.range().length().compareTo(Duration.ofDays(1).plus(range.step())) > 0;
        boolean seconds = range.step().compareTo(Duration.ofMinutes(1)) < 0;
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                        days ? "d MMM HH:mm" : seconds ? "HH:mm:ss" : "HH:mm", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        int every = Math.ceilDiv(range.intervals(), MOST_COLUMNS);
        double width = (double) (RIGHT - LEFT) / range.intervals();
        return IntStream.range(0, range.intervals())
                .filter(i -> i % every == 0)
                .mapToObj(i -> new Tick(LEFT + i * width, format.format(range.begin(i))))
                .toList();
    }

    private static double y(double value, Scale scale) {
        return Math.round(10 * (BOTTOM - (BOTTOM - TOP) * value / scale.top())) / 10.0;
    }
}
