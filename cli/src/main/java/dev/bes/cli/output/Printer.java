package dev.bes.cli.output;

import dev.bes.cli.output.Table.Column;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints what a command has to say, in the format that was asked for. */
public final class Printer {
    private final Terminal terminal;
    private final Format format;
    private final boolean quiet;
    private final TextTable text;

    /**
     * A printer.
     *
     * @param zone in which tables show times
     * @param quiet whether only numbers and names are printed, for scripts
     */
    public Printer(Terminal terminal, Format format, boolean quiet, ZoneId zone) {
        this.terminal = terminal;
        this.format = format;
        this.quiet = quiet;
        this.text = new TextTable(terminal, zone);
    }

    /** Where it prints. */
    public Terminal terminal() {
        return terminal;
    }

    boolean quiet() {
        return quiet;
    }

    /** Whether people read it: a table is asked for, and not only the numbers. */
    public boolean isForPeople() {
        return format == Format.TABLE && !quiet;
    }

    /**
     * Prints rows.
     *
     * @param answer the answer of the API, for JSON and YAML
     * @param rows the same as rows, for tables and CSV
     * @param empty what a person reads when there are none
     */
    public <T> void rows(Object answer, List<T> rows, Table<T> table, String empty) {
        if (quiet) {
            Column<T> first = table.columns().getFirst();
            rows.forEach(row -> line(first.value().apply(row)));
            return;
        }
        switch (format) {
            case JSON -> terminal.out().print(StructuredText.json(answer));
            case YAML -> terminal.out().print(StructuredText.yaml(answer));
            case CSV ->
                CsvText.lines(table, rows).forEach(line -> terminal.out().print(line + "\n"));
            case TABLE -> {
                if (rows.isEmpty()) {
                    note(empty);
                } else {
                    text.lines(table, rows).forEach(line -> terminal.out().print(line + "\n"));
                }
            }
        }
        flush();
    }

    /** Prints rows one by one, as they come. */
    public <T> RowStream<T> stream(Table<T> table) {
        return new RowStream<>(this, format, text, table);
    }

    /** Prints one thing as a row. */
    public <T> void row(Object answer, T row, Table<T> table) {
        rows(answer, List.of(row), table, "");
    }

    /** Prints a section of rows for people: an empty line and the table; nothing if there are no rows. */
    public <T> void section(List<T> rows, Table<T> table) {
        if (isForPeople() && !rows.isEmpty()) {
            terminal.out().print("\n");
            text.lines(table, rows).forEach(line -> terminal.out().print(line + "\n"));
            flush();
        }
    }

    /** A value for people: times in the local zone, hidden characters as code points. */
    public String shown(@Nullable Object value) {
        return text.shown(value);
    }

    /** Prints a line, its hidden characters as code points. */
    public void line(@Nullable Object value) {
        terminal.out().print(text.shown(value) + "\n");
        flush();
    }

    /** Prints text that is ours, word for word: a script, a file. */
    public void text(String ours) {
        terminal.out().print(ours);
        flush();
    }

    private void flush() {
        if (terminal.out().checkError()) {
            throw new UnwrittenAnswerException();
        }
    }

    /** Says something beside the answer, unless only numbers and names are asked for. */
    public void note(String note) {
        if (!quiet) {
            warning(note);
        }
    }

    /** Says something beside the answer that must be read. */
    public void warning(String text) {
        terminal.err().println(VisibleText.of(text));
    }

    /** Says why the command ended without success. */
    public void error(String message) {
        String line = "bes: " + VisibleText.of(message);
        terminal.err().println(terminal.colours(true) ? Colour.RED.of(line) : line);
    }
}
