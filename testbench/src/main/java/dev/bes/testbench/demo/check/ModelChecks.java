package dev.bes.testbench.demo.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo checks of a real model. */
public final class ModelChecks {

    private ModelChecks() {}

    /**
     * Each protocol gives the results that the run delivered.
     *
     * @param others results by the names of the protocols
     */
    public static Check sameResults(List<@Nullable String> delivered, Map<String, List<@Nullable String>> others) {
        List<String> differing = others.entrySet().stream()
                .filter(other -> !other.getValue().equals(delivered))
                .map(Map.Entry::getKey)
                .toList();
        return Check.that(
                "The same numbers by BES and by " + String.join(", ", others.keySet()),
                differing.isEmpty() && !delivered.isEmpty(),
                differing.isEmpty() ? delivered.size() + " rows" : "others by " + String.join(", ", differing));
    }
}
