package dev.bes.testbench.checker;

import dev.bes.testbench.checker.evidence.Evidence;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Judges the evidence of a run by all invariants. */
public final class Checker {

    private Checker() {}

    /**
     * Judges.
     *
     * @throws IllegalArgumentException when there is nothing to judge: then every invariant would hold for nothing
     */
    public static CheckerReport check(Evidence evidence) {
        if (evidence.journal().isEmpty() || evidence.database().runs().isEmpty()) {
            throw new IllegalArgumentException("Nothing to judge: " + evidence);
        }
        Map<Invariant, List<String>> violations = new EnumMap<>(Invariant.class);
        for (Invariant invariant : Invariant.values()) {
            violations.put(invariant, invariant.violations(evidence));
        }
        return new CheckerReport(evidence.toString(), Collections.unmodifiableMap(violations));
    }
}
