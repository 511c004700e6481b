package dev.bes.sandbox.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes ARFF with the quoting that Weka reads. */
final class ArffWriter implements RowWriter {

    private final Writer out;
    private final String relation;

    ArffWriter(OutputStream out, String relation) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
        this.relation = relation;
    }

    @Override
    public void columns(List<Column> columns) {
        write("@relation " + quoted(relation) + "\n\n");
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new InvalidDataset("column \"" + column.name() + "\" is there twice, which ARFF does not allow");
            }
            write("@attribute " + quoted(column.name()) + " " + type(column) + "\n");
        }
        write("\n@data\n");
    }

    @Override
    public void row(List<@Nullable String> values) {
        String separator = "";
        for (String value : values) {
            write(separator);
            write(value == null ? "?" : quoted(value));
            separator = ",";
        }
        write("\n");
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as Weka writes it: in quotes if it has to be. */
    static String quoted(String text) {
        if (!text.isEmpty() && !text.equals("?") && text.chars().noneMatch(ArffWriter::isSpecial)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("'");
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('\'').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\'', '"', '\\', '%' -> "\\" + c;
            default -> String.valueOf(c);
        };
    }

    private static boolean isSpecial(int c) {
        return c <= ' ' || ",{}'\"%\\".indexOf(c) >= 0;
    }

    private static String type(Column column) {
        if (column.arffType() != null) {
            return column.arffType();
        }
        if (column.type() == ColumnType.DATE_TIME) {
            return "date \"yyyy-MM-dd'T'HH:mm:ss\"";
        }
        return column.type().isNumeric() ? "numeric" : "string";
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
