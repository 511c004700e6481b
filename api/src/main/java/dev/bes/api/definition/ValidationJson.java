package dev.bes.api.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service says about the text of a definition, as it would at its next start.
 *
 * @param valid whether the service would start with it; there may be warnings
 * @param name its name; null if the text names none
 * @param findings mistakes and warnings, by line and column
 */
public record ValidationJson(boolean valid, @Nullable String name, List<FindingJson> findings) {

    /**
     * A mistake or a warning.
     *
     * @param severity {@code mistake} or {@code warning}
     * @param line line, from 1; 0 when it is about the text as a whole
     * @param column column, from 1; 0 when it is about the text as a whole
     * @param message what is wrong
     * @param hint what to do; null if there is no advice
     */
    public record FindingJson(
            String severity,
            int line,
            int column,
            String message,
            @Nullable String hint) {}
}
