package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Pattern;

/** The header of a CSV file that arrives in blocks. */
final class CsvHeader {
    private static final String BOM = "\uFEFF";
    private static final Pattern EXCEL = Pattern.compile("\"?sep=[^\\p{Alnum}]*", Pattern.CASE_INSENSITIVE);

    private final CsvRules rules;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private List<String> names = List.of();

    CsvHeader(CsvRules rules) {
        this.rules = rules;
    }

    /** The column names; empty before the header has ended, or if no columns are required. */
    List<String> names() {
        return names;
    }

    /**
     * Keeps the part of a block that belongs to the header.
     *
     * @throws InvalidCsvException if the header is too long
     */
    void keep(byte[] block, int length) throws InvalidCsvException {
        if (!isRequired()) {
            return;
        }
        if (bytes.size() + (long) length > rules.maxHeader()) {
            throw new InvalidCsvException("has a header of more than %d MiB".formatted(rules.maxHeader() >> 20));
        }
        bytes.write(block, 0, length);
    }

    /**
     * Ends the header, parses and checks it.
     *
     * @throws InvalidCsvException if the header is invalid
     */
    void end() throws InvalidCsvException {
        if (!isRequired()) {
            return;
        }
        String text = bytes.toString(UTF_8);
        String row = text.startsWith(BOM) ? text.substring(BOM.length()) : text;
        if (rules.strict()) {
            requireHeader(row);
        }
        names = List.copyOf(CsvReader.builder()
                .build(CsvRecordHandler.of(limits -> limits.maxFields(rules.maxFields())), row)
                .iterator()
                .next()
                .getFields());
        new ColumnNames(names, row).check(rules);
    }

    private boolean isRequired() {
        return rules.strict() || !rules.columns().isEmpty();
    }

    private static void requireHeader(String row) throws InvalidCsvException {
        if (row.startsWith(BOM) || row.startsWith("\"" + BOM)) {
            throw new InvalidCsvException(
                    "line 1 begins with a second byte order mark (U+FEFF), which would belong to the name of the"
                            + " first column; remove it, or save the file again as UTF-8");
        }
        if (EXCEL.matcher(row).matches()) {
            throw new InvalidCsvException(
                    "line 1 is %s, an instruction for Excel and no header; remove the line, and separate the columns by commas"
                            .formatted(CodePoints.quoted(row)));
        }
    }
}
