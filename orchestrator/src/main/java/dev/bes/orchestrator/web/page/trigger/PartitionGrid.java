package dev.bes.orchestrator.web.page.trigger;

import dev.bes.orchestrator.trigger.backfill.Partition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Partitions as a table: a row for each first part of the keys, a column for each rest after the first '/'.
 *
 * @param columns the rests of the keys; one that is empty if the keys have one part
 */
record PartitionGrid(List<String> columns, List<Row> rows) {

    /** @param cells one for each column; null where there is no such key */
    record Row(String label, List<@Nullable Partition> cells) {}

    static PartitionGrid of(List<Partition> partitions) {
        Map<String, Map<String, Partition>> rows = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>();
        for (Partition partition : partitions) {
            int slash = partition.key().indexOf('/');
            String label = slash < 0 ? partition.key() : partition.key().substring(0, slash);
            String column = slash < 0 ? "" : partition.key().substring(slash + 1);
            rows.computeIfAbsent(label, key -> new LinkedHashMap<>()).put(column, partition);
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }
        return new PartitionGrid(
                columns,
                rows.entrySet().stream()
                        .map(row -> new Row(row.getKey(), cells(row.getValue(), columns)))
                        .toList()
                        .reversed());
    }

    private static List<@Nullable Partition> cells(Map<String, Partition> row, List<String> columns) {
        List<@Nullable Partition> cells = new ArrayList<>();
        columns.forEach(column -> cells.add(row.get(column)));
        return cells;
    }
}
