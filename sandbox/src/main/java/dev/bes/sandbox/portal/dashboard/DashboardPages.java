package dev.bes.sandbox.portal.dashboard;

import dev.bes.sandbox.analytics.CallCounts;
import dev.bes.sandbox.analytics.CallSums;
import dev.bes.sandbox.analytics.Figures;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.analytics.report.Dimension;
import dev.bes.sandbox.analytics.report.Directory;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.portal.PageRequest;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Route;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page of the dashboard. */
public final class DashboardPages {

    private static final int MOST_ROWS = 50;

    private final Pages pages;
    private final CallCounts counts;
    private final Directory directory;
    private final InstantSource clock;

    /** @param clock the clock that ranges end by */
    public DashboardPages(Pages pages, CallCounts counts, Directory directory, InstantSource clock) {
        this.pages = pages;
        this.counts = counts;
        this.directory = directory;
        this.clock = clock;
    }

    /** The addresses of the page. */
    public List<Route> routes() {
        return List.of(Route.get("/portal/dashboard", this::show));
    }

    /**
     * A table.
     *
     * @param hidden the number of rows that it leaves out
     */
    record Table(String id, String title, List<FigureRow> rows, int hidden) {}

    private Reply show(PageRequest request) {
        DashboardRange range = DashboardRange.of(request, counts.retention(), clock.instant());
        CallSums sums = counts.sums(range.range(), range.step(), series -> true);
        DashboardCharts charts = new DashboardCharts(range, sums);
        return pages.page(
                "dashboard",
                Map.of(
                        "presets", DashboardRange.PRESETS,
                        "preset", range.preset(),
                        "live", range.live(),
                        "from", Formats.input(range.range().from()),
                        "to", Formats.input(range.range().to().plusMillis(1)),
                        "step", Formats.step(range.step()),
                        "all",
                                FigureRow.of(
                                        "All calls", "", sums.all(), sums.all().calls()),
                        "charts", charts.all(),
                        "times", charts.rows(),
                        "tables", tables(sums)));
    }

    private List<Table> tables(CallSums sums) {
        return List.of(
                table("operations", "Operations", Dimension.OPERATION, sums),
                table("products", "Products", Dimension.PRODUCT, sums),
                table("subscriptions", "Subscriptions", Dimension.SUBSCRIPTION, sums),
                table("users", "Users", Dimension.USER, sums));
    }

    private Table table(String id, String title, Dimension dimension, CallSums sums) {
        Map<Series, Figures> rows = new HashMap<>();
        directory.existing(dimension).forEach(each -> rows.put(each, new Figures()));
        rows.putAll(sums.by(dimension::of));
        long most = rows.values().stream().mapToLong(Figures::calls).max().orElse(0);
        Function<Series, String> names = directory.names(dimension);
        Comparator<Map.Entry<Series, Figures>> byCalls =
                Comparator.comparingLong(row -> -row.getValue().calls());
        Stream<FigureRow> sorted = rows.entrySet().stream()
                .sorted(byCalls.thenComparing(row -> names.apply(row.getKey())))
                .limit(MOST_ROWS)
                .map(row -> FigureRow.of(names.apply(row.getKey()), dimension.id(row.getKey()), row.getValue(), most));
        return new Table(id, title, sorted.toList(), Math.max(0, rows.size() - MOST_ROWS));
    }
}
