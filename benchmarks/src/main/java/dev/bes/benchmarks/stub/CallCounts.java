package dev.bes.benchmarks.stub;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many calls of each kind there were. */
final class CallCounts {

    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    void add(String kind) {
        calls.computeIfAbsent(kind, k -> new LongAdder()).increment();
    }

    Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        calls.forEach((kind, count) -> all.put(kind, count.sum()));
        return all;
    }

    void clear() {
        calls.clear();
    }
}
