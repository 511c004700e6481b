package dev.bes.sandbox.analytics.report;

import dev.bes.sandbox.analytics.CallCounts;
import dev.bes.sandbox.analytics.CallSums;
import dev.bes.sandbox.analytics.Figures;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.Listing;
import dev.bes.sandbox.management.rest.ManagementRequest;
import dev.bes.sandbox.management.rest.ManagementRoute;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The reports. Source: {@code apimreports.json} of API Management's specification. */
public final class ReportRoutes {

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final CallCounts counts;
    private final Directory directory;

    /** Reports of these counts. */
    public ReportRoutes(CallCounts counts, Directory directory) {
        this.counts = counts;
        this.directory = directory;
    }

    /** The operations. */
    public List<ManagementRoute> routes() {
        List<ManagementRoute> routes = new ArrayList<>();
        Arrays.stream(Dimension.values())
                .map(each -> new ManagementRoute("GET", "/reports/" + each.report(), request -> by(each, request)))
                .forEach(routes::add);
        routes.add(new ManagementRoute("GET", "/reports/byTime", this::byTime));
        return routes;
    }

    private Reply by(Dimension dimension, ManagementRequest request) {
        Map<Series, Figures> sums = new HashMap<>();
        directory.existing(dimension).forEach(each -> sums.put(each, new Figures()));
        sums.putAll(sums(request, QUARTER).by(dimension::of));
        Function<Series, String> names = directory.names(dimension);
        return reply(
                request,
                "name",
                sums.entrySet().stream()
                        .map(each -> ReportRow.of(names.apply(each.getKey()), each.getKey(), each.getValue())));
    }

    private Reply byTime(ManagementRequest request) {
        Duration interval = interval(request.request().query("interval").orElse(""));
        return reply(
                request,
                "timestamp",
                sums(request, interval).byTime().entrySet().stream()
                        .map(each -> ReportRow.of(each.getKey(), interval, each.getValue())));
    }

    private static Reply reply(ManagementRequest request, String label, Stream<Map<String, Object>> rows) {
        String order = request.request().query("$orderby").orElse("");
        return Listing.page(
                request, rows.sorted(ReportOrder.parse(order, label)).toList());
    }

    private CallSums sums(ManagementRequest request, Duration step) {
        String text = request.request()
                .query("$filter")
                .orElseThrow(() -> ManagementError.invalid(
                        "$filter", "A report needs $filter=timestamp ge datetime'…' and timestamp le datetime'…'."));
        ReportFilter filter = ReportFilter.parse(text, counts.kept());
        return counts.sums(filter.range(), step, filter.wanted());
    }

    private Duration interval(String text) {
        Duration interval = duration(text);
        boolean wrong = interval.compareTo(QUARTER) < 0
                || interval.compareTo(counts.retention().longest()) > 0
                || interval.toNanos() % QUARTER.toNanos() != 0;
        if (wrong) {
            throw ManagementError.invalid(
                    "interval",
                    "'%s' must be a multiple of 15 minutes as PT15M, PT1H or P1D, at most %s."
                            .formatted(text, counts.retention().longest()));
        }
        return interval;
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
