package dev.bes.testbench.checker;

import dev.bes.testbench.checker.evidence.Evidence;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Checks the evidence of a run against all invariants. */
public final class Checker {

    private Checker() {}

    /**
     * Checks all invariants.
     *
     * @throws IllegalArgumentException when there are no runs or no calls: every invariant would hold without meaning anything
     */
    public static CheckerReport check(Evidence evidence) {
        if (evidence.journal().isEmpty() || evidence.database().runs().isEmpty()) {
            throw new IllegalArgumentException("Nothing to check: " + evidence);
        }
        Map<Invariant, List<String>> violations = new EnumMap<>(Invariant.class);
        for (Invariant invariant : Invariant.values()) {
            violations.put(invariant, invariant.violations(evidence));
        }
        return new CheckerReport(evidence.toString(), Collections.unmodifiableMap(violations));
    }
}
