package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            "\"a\rb\"",
            "\r",
            "\n",
            "\n",
            "\r\n",
            "a,b\n");
    private static final List<String> ODD =
            List.of("\u0000", "\u001a", "\u007f", "\u0085", "\u00a0", "\uFFFF", "\u0001", "\u001f", "\u000b");
    private static final CsvRules OUTPUT = CsvRules.output(List.of());
    private static final CsvRules INPUT = CsvRules.input(List.of(), Map.of());
    private static final String END = "end of the file";

    private static String check(CsvRules rules, byte[] text, int... cuts) {
        CsvRows rows = new CsvRows(rules);
        try {
            int from = 0;
            for (int cut : cuts) {
                rows.take(Arrays.copyOfRange(text, from, cut));
                from = cut;
            }
            rows.take(Arrays.copyOfRange(text, from, text.length));
            rows.end();
            return rows.count() + " rows";
        } catch (InvalidCsvException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The same, by a library; a quote that is never closed swallows what is added at the end. */
    private static String byLibrary(String text) {
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord((text.startsWith("\uFEFF") ? text.substring(1) : text)
                        + (text.endsWith("\"") ? "\r\n" : "\n")
                        + END);
        List<String> header = null;
        long rows = 0;
        try {
            for (CsvRecord row : reader) {
                List<String> fields = row.getFields();
                if (fields.equals(List.of(END))) {
                    return header == null ? "is empty" : rows + " rows";
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

    /** The library loses row ends of that kind if there is a carriage return between the quotes. */
    private static String withoutLoneLineFeedsBehindQuotes(String text) {
        return text.replace("\"\n", "\"\r\n");
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "a,b\n" : "");
        for (int bits = random.nextInt(12); bits > 0; bits--) {
            text.append(BITS.get(random.nextInt(BITS.size())));
        }
        return text.toString();
    }

    @Test
    void readsAnyTextAsTheCsvLibraryDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String text = random(random);

            String found =
                    check(OUTPUT, text.getBytes(UTF_8)).replaceFirst("^is not readable as CSV: .*", "unreadable");

            assertThat(found).as(text).isEqualTo(byLibrary(withoutLoneLineFeedsBehindQuotes(text)));
        }
    }

    @Test
    void readsTheSameRowsHoweverBlocksAreCut() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            byte[] text = random(random).getBytes(UTF_8);
            if (random.nextInt(4) == 0 && text.length > 0) {
                text[random.nextInt(text.length)] ^= (byte) (1 << random.nextInt(8));
            }
            CsvRules rules = random.nextBoolean() ? INPUT : OUTPUT;
            String whole = check(rules, text);
            // a byte order mark, and what a file looks like, is looked for in the first block
            for (int cut = whole.contains("looks like") ? text.length : 3; cut < text.length; cut++) {
                assertThat(check(rules, text, cut))
                        .as("%s at %d", new String(text, UTF_8), cut)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void nameTheSamePlaceOfACharacterHoweverAFileIsCut() {
        Random random = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            String before = random(random);
            String text = before + ODD.get(random.nextInt(ODD.size())) + random(random);
            byte[] bytes = text.getBytes(UTF_8);
            String whole = check(INPUT, bytes);
            // what a file looks like is told by its first block
            for (int cut = whole.contains("looks like") ? bytes.length : 3; cut < bytes.length; cut++) {
                String found = check(INPUT, bytes, cut);
                if (!found.contains("looks like")) {
                    assertThat(found).as("%s at %d", text, cut).isEqualTo(whole);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 4190000", "1, 1", "7, 100"})
    void areTooLongFromTheSameByteOnWhereverABlockEnds(int seed, int most) {
        Random random = new Random(seed);
        byte[] field = new byte[15 << 20];
        Arrays.fill(field, (byte) 'x');
        byte[] head = "a,b\n1,".getBytes(UTF_8);
        byte[] good = new byte[head.length + field.length + 1];
        System.arraycopy(head, 0, good, 0, head.length);
        System.arraycopy(field, 0, good, head.length, field.length);
        good[good.length - 1] = '\n';
        byte[] bad = Arrays.copyOf(good, good.length + 1);
        bad[good.length - 1] = 'x';
        bad[good.length] = '\n';
        int cut = 3 + random.nextInt(most);

        assertThat(check(INPUT, good, cut, good.length - cut)).isEqualTo("1 rows");
        assertThat(check(INPUT, bad, cut, good.length - cut)).isEqualTo("line 2 has a field of more than 15 MiB");
        assertThat(check(OUTPUT, bad, cut, good.length - cut)).isEqualTo("1 rows");
    }

    @Test
    void areTooLongWhereverABlockEnds() {
        byte[] half = ("a,b,c,d,e,f\n" + ("x".repeat(13 << 20) + ",").repeat(4)).getBytes(UTF_8);
        byte[] good = Arrays.copyOf(half, half.length + (12 << 20) - 4);
        Arrays.fill(good, half.length, good.length, (byte) 'y');
        good[good.length - 1] = ',';
        byte[] bad = Arrays.copyOf(good, good.length + 1);
        bad[good.length] = 'z';

        assertThat(check(INPUT, good, half.length)).isEqualTo("1 rows");
        assertThat(check(INPUT, bad, half.length)).isEqualTo("line 2 is longer than 64 MiB");
    }
}
