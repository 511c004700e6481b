package dev.bes.sandbox.portal.dashboard;

import dev.bes.sandbox.analytics.Figures;
import dev.bes.sandbox.analytics.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A row of a table, with its bar: figures as text.
 *
 * @param label what the row is about
 * @param id its identifier; empty for none
 */
record FigureRow(
        String label,
        String id,
        String success,
        String blocked,
        String failed,
        String other,
        String total,
        String average,
        String median,
        String p95,
        String bandwidth,
        List<Part> bar) {

    private static final double BAR_WIDTH = 160;

    /** A part of the bar: a share of 160 pixels. */
    record Part(String style, double x, double width) {}

    /** @param most the calls of the longest bar */
    static FigureRow of(String label, String id, Figures figures, long most) {
        return new FigureRow(
                label,
                id,
                Formats.count(figures.calls(Result.SUCCESS)),
                Formats.count(figures.calls(Result.BLOCKED)),
                Formats.count(figures.calls(Result.FAILED)),
                Formats.count(figures.calls(Result.OTHER)),
                Formats.count(figures.calls()),
                time(figures, figures.average()),
                time(figures, figures.percentile(0.5)),
                time(figures, figures.percentile(0.95)),
                Formats.bytes(figures.bytes()),
                bar(figures, most));
    }

    private static List<Part> bar(Figures figures, long most) {
        List<Part> parts = new ArrayList<>();
        double x = 0;
        for (Result result : Result.values()) {
            double width = most == 0 ? 0 : Math.round(10 * BAR_WIDTH * figures.calls(result) / most) / 10.0;
            if (width > 0) {
                parts.add(new Part(result.name().toLowerCase(Locale.ROOT), Math.round(10 * x) / 10.0, width));
            }
            x += width;
        }
        return parts;
    }

    private static String time(Figures figures, long nanos) {
        return figures.calls() == 0 ? "–" : Formats.time(nanos);
    }
}
