package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives the columns of a dataset the types that an input declares, and checks their values. */
final class TypedReader implements RowReader {

    private final RowReader data;
    private final List<Column> columns;
    private long row;

    private TypedReader(RowReader data, List<Column> columns) {
        this.data = data;
        this.columns = columns;
    }

    static TypedReader of(Input input, RowReader data) {
        Map<String, Column> declared =
                input.schema().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        List<String> names = data.columns().stream().map(Column::name).toList();
        if (!input.open()) {
            declared.keySet().stream()
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new InvalidDataset("column \"" + name + "\" of input " + input.name() + " is missing");
                    });
            names.stream()
                    .filter(name -> !declared.containsKey(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new InvalidDataset(
                                "column \"" + name + "\" is none of the columns of input " + input.name());
                    });
        }
        return new TypedReader(
                data,
                data.columns().stream().map(column -> typed(column, declared)).toList());
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
            if (value != null && column.arffType() == null && !column.type().accepts(value)) {
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

    /** A column of an ARFF file keeps the type that the file gives it, if it is more than text. */
    private static Column typed(Column column, Map<String, Column> declared) {
        Column type = declared.get(column.name());
        return type == null || type.type().equals(column.type()) ? column : type;
    }
}
