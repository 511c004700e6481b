package dev.bes.orchestrator.csv;

import dev.bes.orchestrator.text.Suggestion;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The column names of a file, compared with the columns that the definition and its parameters name.
 *
 * @param names in the order of the file
 * @param row the header as written in the file
 */
record ColumnNames(List<String> names, String row) {
    private static final Predicate<String> NUMBER =
            Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?").asMatchPredicate();
    private static final String NO_HEADER =
            "; that looks like a row of data: add a line with the names, or set 'header: absent' if it is an output";
    private static final int MAX_NAME = 4096;
    private static final int MAX_SHOWN = 20;
    private static final int MAX_SUGGESTED = 64;

    /**
     * Checks that each required column exists exactly once.
     *
     * @throws InvalidCsvException if one is missing or ambiguous
     */
    void check(CsvRules rules) throws InvalidCsvException {
        for (String column : rules.columns()) {
            if (!names.contains(column)) {
                throw new InvalidCsvException("has no column " + CodePoints.quoted(column) + describeHeader(column));
            }
        }
        if (rules.strict()) {
            refuseLongNames();
            for (String column : rules.columns()) {
                refuseTwice(column, "");
            }
            for (Map.Entry<String, String> parameter : rules.parameters().entrySet()) {
                checkParameter(parameter.getKey(), parameter.getValue());
            }
        }
    }

    /** The web service repeats a name for each column that it derives from it. */
    private void refuseLongNames() throws InvalidCsvException {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).length() > MAX_NAME) {
                throw new InvalidCsvException(
                        "has a name of more than %,d characters in its header, column %d".formatted(MAX_NAME, i + 1));
            }
        }
    }

    private void refuseTwice(String column, String source) throws InvalidCsvException {
        List<String> where = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(column)) {
                where.add(Integer.toString(i + 1));
            }
        }
        if (where.size() > 1) {
            throw new InvalidCsvException(
                    "has the column %s more than once (columns %s), and it can't be told which is meant%s; rename the others"
                            .formatted(
                                    CodePoints.quoted(column),
                                    where.stream().limit(MAX_SHOWN).collect(Collectors.joining(", ")),
                                    source));
        }
    }

    /** Which parameters name columns is not known. So only a value that almost certainly names a wrong column is refused. */
    private void checkParameter(String parameter, String value) throws InvalidCsvException {
        refuseTwice(value, " by the parameter '" + parameter + "'");
        if (value.isBlank() || names.contains(value)) {
            return;
        }
        String what = "has no column %s, which the parameter '%s' names".formatted(CodePoints.quoted(value), parameter);
        if (separator(value).isPresent()) {
            throw new InvalidCsvException(what + describeHeader(value));
        }
        boolean namesAColumn = parameter.toLowerCase(Locale.ROOT).contains("column");
        if (lookAlikes(value).stream().anyMatch(name -> namesAColumn || !name.equalsIgnoreCase(value))) {
            throw new InvalidCsvException(what + describeHeader(value));
        }
    }

    private String describeHeader(String column) {
        Optional<String> separator = separator(column);
        if (separator.isPresent()) {
            return "; its header is %s, which looks separated by %s: separate the columns by commas"
                    .formatted(CodePoints.quoted(row), separator.get());
        }
        String near = near(column);
        return near + "; its header is: " + list()
                + (near.isEmpty() && names.stream().anyMatch(NUMBER) ? NO_HEADER : "");
    }

    private String list() {
        String shown = names.stream().limit(MAX_SHOWN).map(CodePoints::quoted).collect(Collectors.joining(", "));
        int more = names.size() - MAX_SHOWN;
        return more > 0 ? "%s and %,d more".formatted(shown, more) : shown;
    }

    private Optional<String> separator(String column) {
        return List.of(";", "\t", "|").stream()
                .filter(separator -> {
                    List<String> parts = List.of(row.split(Pattern.quote(separator)));
                    return parts.size() > 1
                            && parts.stream().map(ColumnNames::unquoted).anyMatch(column::equals);
                })
                .map(separator -> separator.equals("\t") ? "tabs" : "'" + separator + "'")
                .findFirst();
    }

    private static String unquoted(String field) {
        boolean quoted = field.length() > 1 && field.startsWith("\"") && field.endsWith("\"");
        return quoted ? field.substring(1, field.length() - 1) : field;
    }

    private String near(String column) {
        List<String> same = lookAlikes(column);
        if (!same.isEmpty()) {
            return ", but " + difference(column, same.getFirst());
        }
        return nearest(column)
                .map(name -> ", did you mean "
                        + (isAscii(column) ? CodePoints.quotedExactly(name) : CodePoints.quoted(name)) + "?")
                .orElse("");
    }

    private Optional<String> nearest(String column) {
        return column.length() > MAX_SUGGESTED ? Optional.empty() : Suggestion.nearest(column, names);
    }

    private static String difference(String column, String name) {
        String odd = name.codePoints()
                .filter(codePoint -> !CodePoints.isVisible(codePoint))
                .distinct()
                .mapToObj(CodePoints::withName)
                .collect(Collectors.joining(", "));
        if (!odd.isEmpty()) {
            return CodePoints.quoted(name) + ", which holds " + odd;
        }
        if (name.equalsIgnoreCase(column)) {
            return CodePoints.quoted(name) + " (capitals count)";
        }
        return name.strip().equals(column.strip())
                ? CodePoints.quoted(name) + " (blanks count)"
                : CodePoints.quotedExactly(name) + ", which is written with other characters or blanks";
    }

    private List<String> lookAlikes(String column) {
        String wanted = folded(column);
        return wanted.isEmpty()
                ? List.of()
                : names.stream().filter(name -> folded(name).equals(wanted)).toList();
    }

    /** The name without case, blanks and invisible characters. */
    private static String folded(String name) {
        StringBuilder seen = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(codePoint -> CodePoints.isVisible(codePoint) && codePoint != ' ')
                .forEach(seen::appendCodePoint);
        return seen.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
