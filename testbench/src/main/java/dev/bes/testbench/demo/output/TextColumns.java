package dev.bes.testbench.demo.output;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Aligns rows of text: every column is as wide as its longest cell. */
record TextColumns(List<List<String>> rows) {

    List<String> lines() {
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> ("%-" + width(column) + "s").formatted(row.get(column)))
                        .collect(Collectors.joining("  ", "  ", ""))
                        .stripTrailing())
                .toList();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> Math.max(1, row.get(column).length()))
                .max()
                .orElse(1);
    }
}
