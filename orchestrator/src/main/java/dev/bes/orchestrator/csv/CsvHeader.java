package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Pattern;

/** The first row of a CSV file that comes in blocks. */
final class CsvHeader {
    private static final String BOM = "\uFEFF";
    private static final Pattern EXCEL = Pattern.compile("\"?sep=[^\\p{Alnum}]*", Pattern.CASE_INSENSITIVE);

    private final CsvRules rules;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private List<String> names = List.of();

    CsvHeader(CsvRules rules) {
        this.rules = rules;
    }

    /** The names of the columns; none before the row has ended, or if nobody asks for any. */
    List<String> names() {
        return names;
    }

    /**
     * Keeps the beginning of a block, which the row ends behind or has not reached.
     *
     * @throws InvalidCsvException if no header is that long
     */
    void keep(byte[] block, int length) throws InvalidCsvException {
        if (!isOfInterest()) {
            return;
        }
        if (bytes.size() + (long) length > rules.longestHeader()) {
            throw new InvalidCsvException("has a header of more than %d MiB".formatted(rules.longestHeader() >> 20));
        }
        bytes.write(block, 0, length);
    }

    /**
     * The row has ended, and is readable.
     *
     * @throws InvalidCsvException if it is not as it must be
     */
    void end() throws InvalidCsvException {
        if (!isOfInterest()) {
            return;
        }
        String text = bytes.toString(UTF_8);
        String row = text.startsWith(BOM) ? text.substring(BOM.length()) : text;
        if (rules.strict()) {
            refuseWhatIsNoHeader(row);
        }
        names = List.copyOf(CsvReader.builder()
                .build(CsvRecordHandler.of(limits -> limits.maxFields(rules.mostFields())), row)
                .iterator()
                .next()
                .getFields());
        new ColumnNames(names, row).check(rules);
    }

    private boolean isOfInterest() {
        return rules.strict() || !rules.columns().isEmpty();
    }

    private static void refuseWhatIsNoHeader(String row) throws InvalidCsvException {
        if (row.startsWith(BOM) || row.startsWith("\"" + BOM)) {
            throw new InvalidCsvException(
                    "line 1 begins with a second byte order mark (U+FEFF), which would belong to the name of the"
                            + " first column; remove it, or save the file anew as UTF-8");
        }
        if (EXCEL.matcher(row).matches()) {
            throw new InvalidCsvException(
                    "line 1 is %s, an instruction for Excel and no header; remove the line, and separate the columns by commas"
                            .formatted(CodePoints.quoted(row)));
        }
    }
}
