package dev.bes.testbench.checker;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of a check.
 *
 * @param about what was checked: the sizes of the evidence
 * @param violations all violations by invariant, one line each
 */
public record CheckerReport(String about, Map<Invariant, List<String>> violations) {

    /** The invariants that do not hold; none when the run is clean. */
    public Set<Invariant> broken() {
        Set<Invariant> broken = EnumSet.noneOf(Invariant.class);
        violations.forEach((invariant, found) -> {
            if (!found.isEmpty()) {
                broken.add(invariant);
            }
        });
        return broken;
    }

    /** One line for each invariant and for each violation. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder(about);
        violations.forEach((invariant, found) -> {
            lines.append("\n").append(found.isEmpty() ? "holds   " : "BROKEN  ").append(invariant);
            found.forEach(line -> lines.append("\n          ").append(line));
        });
        return lines.toString();
    }
}
