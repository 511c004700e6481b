package dev.bes.sandbox.onnx;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.model.ModuleFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the data that are in the output, too. A result takes the place of a column of the same name.
 *
 * @param all whether all are
 * @param names those that are, unless all are
 */
record KeptColumns(boolean all, List<String> names) {

    /**
     * The positions of these columns.
     *
     * @throws ModuleFailure when the data lacks one
     */
    int[] positions(List<Column> columns, List<ResultColumn> results) {
        List<String> replaced = results.stream().map(ResultColumn::name).toList();
        if (all) {
            return IntStream.range(0, columns.size())
                    .filter(at -> !replaced.contains(columns.get(at).name()))
                    .toArray();
        }
        return names.stream()
                .filter(name -> !replaced.contains(name))
                .mapToInt(name -> position(name, columns))
                .toArray();
    }

    /**
     * The position of a column.
     *
     * @throws ModuleFailure when there is none of the name
     */
    static int position(String name, List<Column> columns) {
        for (int at = 0; at < columns.size(); at++) {
            if (columns.get(at).name().equals(name)) {
                return at;
            }
        }
        throw ModuleFailure.noColumn(name);
    }

    /** The values at these positions, with room for more. */
    static List<@Nullable String> pick(List<@Nullable String> row, int[] positions, int more) {
        List<@Nullable String> picked = new ArrayList<>(positions.length + more);
        for (int position : positions) {
            picked.add(row.get(position));
        }
        return picked;
    }
}
