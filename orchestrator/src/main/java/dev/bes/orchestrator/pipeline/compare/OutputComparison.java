package dev.bes.orchestrator.pipeline.compare;

import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.run.shadow.Comparison.ColumnDifference;
import dev.bes.orchestrator.run.shadow.Comparison.DifferentValue;
import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import dev.bes.orchestrator.text.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up how two outputs differ, row by row. Keeps sums by column, and no rows. */
final class OutputComparison {
    private static final int FIRST = 5;
    private static final int LONGEST_VALUE = 200;

    private final List<ColumnComparison> columns = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> added;
    private final List<DifferentValue> first = new ArrayList<>();
    private long rows;
    private long shadowRows;
    private long differentRows;

    /**
     * Two outputs with these columns, each of them once.
     *
     * @param shadow says the tolerances
     */
    OutputComparison(List<String> delivered, List<String> shadowed, Shadow shadow) {
        Map<String, Integer> others = new HashMap<>();
        for (int at = 0; at < shadowed.size(); at++) {
            others.put(shadowed.get(at), at);
        }
        for (int at = 0; at < delivered.size(); at++) {
            String name = delivered.get(at);
            Integer other = others.remove(name);
            if (other == null) {
                missing.add(name);
            } else {
                columns.add(new ColumnComparison(name, at, other, shadow.tolerance(name)));
            }
        }
        this.added = shadowed.stream().filter(others::containsKey).toList();
    }

    boolean hasColumns() {
        return !columns.isEmpty();
    }

    /** Adds a row that both have. */
    void add(List<String> delivered, List<String> shadow) {
        rows++;
        shadowRows++;
        boolean differs = false;
        for (ColumnComparison column : columns) {
            String mine = delivered.get(column.at());
            String other = shadow.get(column.shadowAt());
            if (column.add(mine, other)) {
                differs = true;
                if (first.size() < FIRST) {
                    first.add(new DifferentValue(rows, shown(column.name()), shown(mine), shown(other)));
                }
            }
        }
        differentRows += differs ? 1 : 0;
    }

    /** Adds a row that only the delivered one has. */
    void addMissing() {
        rows++;
    }

    /** Adds a row that only the shadow's has. */
    void addAdded() {
        shadowRows++;
    }

    /** What was found. */
    OutputDifference result(String output) {
        return new OutputDifference(
                output,
                rows,
                shadowRows,
                differentRows,
                shown(missing),
                shown(added),
                columns.stream()
                        .map(column -> column.result(shown(column.name())))
                        .sorted(Comparator.comparingLong((ColumnDifference c) -> -c.texts() - c.beyond())
                                .thenComparingDouble(c -> -c.largest()))
                        .limit(OutputDifference.MOST_COLUMNS)
                        .toList(),
                List.copyOf(first));
    }

    private static List<String> shown(List<String> names) {
        return names.stream()
                .limit(OutputDifference.MOST_COLUMNS)
                .map(OutputComparison::shown)
                .toList();
    }

    /** A text of the far side, fit to be kept and shown. */
    private static String shown(String text) {
        return VisibleText.of(text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…");
    }
}
