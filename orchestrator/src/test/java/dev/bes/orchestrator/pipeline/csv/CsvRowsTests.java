package dev.bes.orchestrator.pipeline.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the rows of a file are must not depend on how it is cut, and is what a library says that reads whole texts. */
class CsvRowsTests {
    private static final List<String> BITS = List.of(
            "a",
            "\u00e4",
            "\u20ac",
            "\uD83D\uDE00",
            "a longer text",
            "of,some,,fields,",
            "that,end,in,eights\n",
            "\uFEFF",
            " ",
            "\t",
            ",",
            ",",
            ",",
            "\"",
            "\"",
            "\"\"",
            "\"a,b\"",
            "\"a\nb\"",
            "\n",
            "\n",
            "\r\n",
            "a,b\n");
    private static final String END = "end of the file";

    private static String check(byte[] text, int... cuts) {
        CsvRows rows = new CsvRows(List.of());
        try {
            int from = 0;
            for (int cut : cuts) {
                rows.take(Arrays.copyOfRange(text, from, cut));
                from = cut;
            }
            rows.take(Arrays.copyOfRange(text, from, text.length));
            return rows.end() + " and " + rows.count() + " rows";
        } catch (CsvFault e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The same, by a library; a quote that is never closed swallows what is added at the end. */
    private static String byLibrary(String text) {
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord((text.startsWith("\uFEFF") ? text.substring(1) : text) + "\n" + END);
        List<String> header = null;
        long rows = 0;
        try {
            for (CsvRecord row : reader) {
                List<String> fields = row.getFields();
                if (fields.equals(List.of(END))) {
                    return header == null ? "is empty" : header + " and " + rows + " rows";
                }
                if (fields.getLast().endsWith("\n" + END)) {
                    return "line " + row.getStartingLineNumber() + " opens a quote that is never closed";
                }
                if (header == null) {
                    header = fields;
                } else if (fields.size() == header.size()) {
                    rows++;
                } else {
                    return "line %d has %d fields, the header has %d"
                            .formatted(row.getStartingLineNumber(), fields.size(), header.size());
                }
            }
        } catch (CsvParseException e) {
            return "unreadable";
        }
        throw new AssertionError("without an end: " + text);
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "a,b\n" : "");
        for (int bits = random.nextInt(12); bits > 0; bits--) {
            text.append(BITS.get(random.nextInt(BITS.size())));
        }
        return text.toString();
    }

    @Test
    void areWhatALibrarySaysOfAnyText() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String text = random(random);

            String found = check(text.getBytes(UTF_8)).replaceFirst("^is not readable as CSV: .*", "unreadable");

            assertThat(found).as(text).isEqualTo(byLibrary(text));
        }
    }

    @Test
    void areTheSameHoweverAFileIsCut() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            byte[] text = random(random).getBytes(UTF_8);
            if (random.nextInt(4) == 0 && text.length > 0) {
                text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(8));
            }
            String whole = check(text);
            // a byte order mark is looked for in the first block
            for (int cut = 3; cut < text.length; cut++) {
                assertThat(check(text, cut))
                        .as("%s at %d", new String(text, UTF_8), cut)
                        .isEqualTo(whole);
            }
        }
    }
}
