package dev.bes.sandbox.analytics;

import java.util.EnumMap;
import java.util.Map;

/** The figures of some calls. Calls can be added from any thread. */
public final class Figures {

    private final Map<Result, Long> calls = new EnumMap<>(Result.class);
    private final Times total = new Times();
    private final Times backend = new Times();
    private final Latencies latencies = new Latencies();
    private long bytes;

    /** No calls. */
    public Figures() {}

    synchronized void add(CountedCall call) {
        calls.merge(Result.of(call.status()), 1L, Long::sum);
        total.add(call.totalNanos());
        latencies.add(call.totalNanos());
        bytes += call.bytes();
        if (call.backendNanos() > 0) {
            backend.add(call.backendNanos());
        }
    }

    synchronized void addTo(Figures sum) {
        synchronized (sum) {
            calls.forEach((result, count) -> sum.calls.merge(result, count, Long::sum));
            sum.total.add(total);
            sum.backend.add(backend);
            sum.latencies.add(latencies);
            sum.bytes += bytes;
        }
    }

    static Figures of(Saved saved) {
        Figures figures = new Figures();
        figures.calls.putAll(saved.calls());
        figures.total.add(Times.of(saved.total()));
        figures.backend.add(Times.of(saved.backend()));
        figures.latencies.add(Latencies.of(saved.latencies()));
        figures.bytes = saved.bytes();
        return figures;
    }

    synchronized Saved saved() {
        return new Saved(Map.copyOf(calls), bytes, total.saved(), backend.saved(), latencies.saved());
    }

    /** The number of calls with a result. */
    public synchronized long calls(Result result) {
        return calls.getOrDefault(result, 0L);
    }

    /** The number of calls. */
    public synchronized long calls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The size of requests and responses, in bytes. */
    public synchronized long bytes() {
        return bytes;
    }

    /** The average time from request to response, in nanoseconds; 0 without calls. */
    public synchronized long average() {
        return total.average();
    }

    /** The least time from request to response, in nanoseconds; 0 without calls. */
    public synchronized long least() {
        return total.least();
    }

    /** The most time from request to response, in nanoseconds; 0 without calls. */
    public synchronized long most() {
        return total.most();
    }

    /** The average time of the backend over the calls that reached it, in nanoseconds; 0 without such calls. */
    public synchronized long backendAverage() {
        return backend.average();
    }

    /** The least time of the backend, in nanoseconds; 0 without calls. */
    public synchronized long backendLeast() {
        return backend.least();
    }

    /** The most time of the backend, in nanoseconds; 0 without calls. */
    public synchronized long backendMost() {
        return backend.most();
    }

    /**
     * The time from request to response that a share of the calls does not exceed, in nanoseconds; 0 without calls.
     *
     * @param share above 0, at most 1
     */
    public synchronized long percentile(double share) {
        return Math.clamp(latencies.percentile(share), total.least(), Math.max(total.least(), total.most()));
    }

    /** As it is in the file. */
    record Saved(
            Map<Result, Long> calls, long bytes, Times.Saved total, Times.Saved backend, Latencies.Saved latencies) {}
}
