package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the columns of a dataset the types that an input declares, and checks their values. */
final class TypedReader implements RowReader {

    private final RowReader data;
    private final Set<String> declared;
    private final List<Column> columns;
    private long row;

    private TypedReader(RowReader data, Set<String> declared, List<Column> columns) {
        this.data = data;
        this.declared = declared;
        this.columns = columns;
    }

    static TypedReader of(Input input, RowReader data) {
        Map<String, Column> declared =
                input.schema().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        if (!input.open()) {
            check(
                    input,
                    declared.keySet(),
                    data.columns().stream().map(Column::name).toList());
        }
        List<Column> columns =
                data.columns().stream().map(column -> typed(column, declared)).toList();
        return new TypedReader(data, declared.keySet(), columns);
    }

    private static void check(Input input, Set<String> declared, List<String> names) {
        for (String name : declared) {
            if (!names.contains(name)) {
                throw new InvalidDataset("column \"" + name + "\" of input " + input.name() + " is missing");
            }
        }
        for (String name : names) {
            if (!declared.contains(name)) {
                throw new InvalidDataset("column \"" + name + "\" is none of the columns of input " + input.name());
            }
        }
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public @Nullable List<@Nullable String> next() {
        List<@Nullable String> values = data.next();
        row++;
        for (int i = 0; values != null && i < values.size(); i++) {
            String value = values.get(i);
            Column column = columns.get(i);
            if (value != null
                    && declared.contains(column.name())
                    && !column.type().accepts(value)) {
                throw new InvalidDataset("row " + row + ": \"" + value + "\" in column \"" + column.name() + "\" is no "
                        + column.type().remoteName());
            }
        }
        return values;
    }

    @Override
    public void close() {
        data.close();
    }

    /** A declared column keeps what an ARFF file says beyond text: its values, or the format of its dates. */
    private static Column typed(Column column, Map<String, Column> declared) {
        Column type = declared.get(column.name());
        if (type == null) {
            return column;
        }
        return new Column(column.name(), type.type(), "string".equals(column.arffType()) ? null : column.arffType());
    }
}
