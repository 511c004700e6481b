package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.PointedMistake;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JsonPointer;

/** Writes the rows of an input in JSON as CSV: first the columns of the definition, then further keys of the first row. */
final class RowsCsv {
    private static final int MOST_MISTAKES = 20;
    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^\\s|\\s$");

    private final JsonPointer at;
    private final Set<String> columns;
    private final List<PointedMistake> mistakes = new ArrayList<>();
    private final StringBuilder csv = new StringBuilder();

    private RowsCsv(String input, Set<String> columns) {
        this.at = JsonPointer.empty()
                .appendProperty("inputs")
                .appendProperty(input)
                .appendProperty("rows");
        this.columns = columns;
    }

    /**
     * The rows as CSV in UTF-8.
     *
     * @param input name of the input
     * @param required columns of the definition
     * @throws ProblemException if there is no row, or a row can't be one, with a pointer for each mistake
     */
    static byte[] of(String input, List<String> required, List<Map<String, @Nullable Object>> rows) {
        Set<String> columns = new LinkedHashSet<>(required);
        if (!rows.isEmpty() && rows.getFirst() != null) {
            columns.addAll(rows.getFirst().keySet());
        }
        RowsCsv csv = new RowsCsv(input, columns);
        csv.write(rows);
        if (!csv.mistakes.isEmpty()) {
            PointedMistake first = csv.mistakes.getFirst();
            ProblemDetail problem = ProblemKind.INVALID_ROWS.detail(
                    "Input '%s': %s %s".formatted(input, first.pointer(), first.detail()));
            problem.setProperty("errors", csv.mistakes);
            throw new ProblemException(problem);
        }
        return csv.csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            mistake(at, "is empty; send at least one row");
        }
        line(columns);
        for (int i = 0; i < rows.size() && mistakes.size() < MOST_MISTAKES; i++) {
            row(at.appendIndex(i), rows.get(i));
        }
    }

    private void row(JsonPointer row, @Nullable Map<String, @Nullable Object> values) {
        if (values == null) {
            mistake(row, "must be an object");
            return;
        }
        List<String> fields = new ArrayList<>();
        for (String column : columns) {
            if (values.containsKey(column)) {
                fields.add(field(row.appendProperty(column), values.get(column)));
            } else {
                mistake(row, "has no '%s'; the columns are: %s".formatted(column, String.join(", ", columns)));
            }
        }
        values.keySet().stream()
                .filter(key -> !columns.contains(key))
                .forEach(key -> mistake(row.appendProperty(key), "is no column of the first row"));
        line(fields);
    }

    private String field(JsonPointer pointer, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (value instanceof Map || value instanceof List) {
            mistake(pointer, "must be text, a number, true, false or null");
        } else if (!RunRequestReader.isText(text)) {
            mistake(pointer, "holds a NUL, half a character, or U+FFFD");
        }
        return text;
    }

    private void line(Iterable<String> fields) {
        StringJoiner line = new StringJoiner(",", "", "\n");
        for (String field : fields) {
            line.add(QUOTED.matcher(field).find() || field.isEmpty() ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        csv.append(line);
    }

    private void mistake(JsonPointer pointer, String detail) {
        mistakes.add(PointedMistake.at(pointer, detail));
    }
}
