package dev.bes.sandbox.managedapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of an operation.
 *
 * @param required whether a call must have it; a required query parameter is a part of the URL template
 * @param type the type of its schema, as {@code string}
 * @param values the values that its schema lists; empty when it lists none
 * @param example a value to start with; null when the document gives none
 */
public record OperationParameter(
        String name,
        In in,
        boolean required,
        String description,
        String type,
        List<String> values,
        @Nullable String example) {

    /** Where a call carries the parameter. */
    public enum In {
        /** In a segment of the path. */
        PATH,
        /** In the query. */
        QUERY,
        /** In a header. */
        HEADER
    }
}
