package dev.bes.testbench.chaos;

import java.util.Map;
import java.util.TreeMap;

/** How often something was done. */
final class Tally {

    private final Map<String, Integer> counts = new TreeMap<>();

    /** One more of them. */
    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** All counts, by what was done. */
    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** How many there are in all. */
    synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
