package dev.bes.cli.output;

import java.util.List;

/**
 * Prints rows one by one as they come: as a table whose columns grow, as a line of JSON each, as a document of YAML each, or as
 * lines of CSV.
 */
public final class RowStream<T> {
    private final Printer printer;
    private final Format format;
    private final TextTable text;
    private final Table<T> table;
    private final int[] widths;
    private boolean begun;

    RowStream(Printer printer, Format format, TextTable text, Table<T> table) {
        this.printer = printer;
        this.format = format;
        this.text = text;
        this.table = table;
        this.widths = new int[table.columns().size()];
    }

    /**
     * Prints a row.
     *
     * @param answer the answer of the API, for JSON and YAML
     * @param row the same as a row, for tables and CSV
     */
    public void print(Object answer, T row) {
        if (printer.quiet()) {
            printer.line(table.columns().getFirst().value().apply(row));
            return;
        }
        switch (format) {
            case JSON -> printer.text(StructuredText.jsonLine(answer));
            case YAML -> printer.text("---\n" + StructuredText.yaml(answer));
            case CSV -> lines(CsvText.lines(table, List.of(row)));
            case TABLE -> lines(text.lines(table, List.of(row), widths));
        }
    }

    private void lines(List<String> headAndRow) {
        for (String line : begun ? headAndRow.subList(1, headAndRow.size()) : headAndRow) {
            printer.text(line + "\n");
        }
        begun = true;
    }
}
