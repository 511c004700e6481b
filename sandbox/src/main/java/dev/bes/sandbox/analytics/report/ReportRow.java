package dev.bes.sandbox.analytics.report;

import dev.bes.sandbox.analytics.Figures;
import dev.bes.sandbox.analytics.Result;
import dev.bes.sandbox.analytics.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of reports as JSON. Times are in milliseconds. Source: {@code ReportRecordContract} of API Management's REST API. */
final class ReportRow {

    private ReportRow() {}

    static Map<String, Object> of(String name, Series ids, Figures figures) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        put(row, "apiId", "/apis/", ids.apiId());
        put(row, "operationId", "/apis/" + ids.apiId() + "/operations/", ids.operationId());
        put(row, "userId", "/users/", ids.userId());
        put(row, "productId", "/products/", ids.productId());
        put(row, "subscriptionId", "/subscriptions/", ids.sid());
        putFigures(row, figures);
        return row;
    }

    static Map<String, Object> of(Instant timestamp, Duration interval, Figures figures) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("timestamp", timestamp.toString());
        row.put("interval", interval.toString());
        putFigures(row, figures);
        return row;
    }

    private static void putFigures(Map<String, Object> row, Figures figures) {
        row.put("callCountSuccess", figures.calls(Result.SUCCESS));
        row.put("callCountBlocked", figures.calls(Result.BLOCKED));
        row.put("callCountFailed", figures.calls(Result.FAILED));
        row.put("callCountOther", figures.calls(Result.OTHER));
        row.put("callCountTotal", figures.calls());
        row.put("bandwidth", figures.bytes());
        // without a cache policy the gateway asks no cache
        row.put("cacheHitCount", 0L);
        row.put("cacheMissCount", 0L);
        row.put("apiTimeAvg", millis(figures.average()));
        row.put("apiTimeMin", millis(figures.least()));
        row.put("apiTimeMax", millis(figures.most()));
        row.put("serviceTimeAvg", millis(figures.backendAverage()));
        row.put("serviceTimeMin", millis(figures.backendLeast()));
        row.put("serviceTimeMax", millis(figures.backendMost()));
    }

    private static void put(Map<String, Object> row, String name, String path, @Nullable String id) {
        if (id != null) {
            row.put(name, path + id);
        }
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
