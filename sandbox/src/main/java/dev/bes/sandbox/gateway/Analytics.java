package dev.bes.sandbox.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts calls by operation, product and subscription, in the terms of the gateway's reports. */
public final class Analytics {

    private final Map<String, Line> lines = new TreeMap<>();

    synchronized void record(String operation, String product, String subscription, Call call) {
        lines.computeIfAbsent(
                        operation + "\n" + product + "\n" + subscription,
                        key -> new Line(operation, product, subscription))
                .add(call);
    }

    /** One report line for each operation, product and subscription that was called. */
    public synchronized List<Map<String, Object>> report() {
        return lines.values().stream().map(Line::report).toList();
    }

    /**
     * One answered call.
     *
     * @param apiMillis total time
     * @param serviceMillis time of the backend
     */
    record Call(int status, double apiMillis, double serviceMillis) {

        String outcome() {
            return switch (status) {
                case 304, 307 -> "callCountSuccess";
                case 401, 403, 429 -> "callCountBlocked";
                default -> status <= 301 ? "callCountSuccess" : failedOrOther();
            };
        }

        private String failedOrOther() {
            return status == 400 || status >= 500 ? "callCountFailed" : "callCountOther";
        }
    }

    private static final class Line {

        private final Map<String, Object> names = new LinkedHashMap<>();
        private final Map<String, Long> counts = new LinkedHashMap<>();
        private final Times apiTime = new Times();
        private final Times serviceTime = new Times();

        Line(String operation, String product, String subscription) {
            names.put("operation", operation);
            names.put("product", product);
            names.put("subscription", subscription);
            List.of("callCountSuccess", "callCountBlocked", "callCountFailed", "callCountOther", "callCountTotal")
                    .forEach(count -> counts.put(count, 0L));
        }

        void add(Call call) {
            counts.merge(call.outcome(), 1L, Long::sum);
            counts.merge("callCountTotal", 1L, Long::sum);
            apiTime.add(call.apiMillis());
            serviceTime.add(call.serviceMillis());
        }

        Map<String, Object> report() {
            Map<String, Object> report = new LinkedHashMap<>(names);
            report.putAll(counts);
            apiTime.report("apiTime", report);
            serviceTime.report("serviceTime", report);
            return report;
        }
    }

    private static final class Times {

        private long calls;
        private double sum;
        private double least = Double.MAX_VALUE;
        private double most;

        void add(double millis) {
            calls++;
            sum += millis;
            least = Math.min(least, millis);
            most = Math.max(most, millis);
        }

        void report(String name, Map<String, Object> report) {
            report.put(name + "Avg", sum / calls);
            report.put(name + "Min", least);
            report.put(name + "Max", most);
        }
    }
}
