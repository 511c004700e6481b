package dev.bes.cli.output;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How rows are shown in columns.
 *
 * @param columns first to last
 */
public record Table<T>(List<Column<T>> columns) {

    /**
     * A column.
     *
     * @param name its name: as the JSON has it in CSV, in capitals and with blanks in tables
     * @param value the value of a row; an {@link Instant} is shown in local time; null for an empty cell
     * @param colour its colour in a row
     */
    public record Column<T>(String name, Function<T, @Nullable Object> value, Function<T, Colour> colour) {

        /** The name as the head of a table: {@code endedAt} becomes {@code ENDED AT}. */
        String head() {
            return name.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(java.util.Locale.ROOT);
        }
    }

    /** A table without columns. */
    public static <T> Table<T> of() {
        return new Table<>(List.of());
    }

    /** The same table with one more column. */
    public Table<T> with(String name, Function<T, @Nullable Object> value) {
        return with(name, value, row -> Colour.NONE);
    }

    /** The same table with one more column, which has colours. */
    public Table<T> with(String name, Function<T, @Nullable Object> value, Function<T, Colour> colour) {
        List<Column<T>> more = new ArrayList<>(columns);
        more.add(new Column<>(name, value, colour));
        return new Table<>(List.copyOf(more));
    }
}
