package dev.bes.sandbox.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A named column.
 *
 * @param arffType the type as the ARFF file that brought the column declares it, for instance {@code {red,blue}} or a
 *     date with its format; null when another source brought it
 */
public record Column(String name, ColumnType type, @Nullable String arffType) {

    /** A column that no ARFF file brought. */
    public Column(String name, ColumnType type) {
        this(name, type, null);
    }

    /** A column of texts. */
    public static Column text(String name) {
        return new Column(name, ColumnType.STRING);
    }
}
