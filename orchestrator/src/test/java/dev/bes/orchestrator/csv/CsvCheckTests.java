package dev.bes.orchestrator.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCheckTests {
    private static final String BOM = "\uFEFF";

    @TempDir
    Path folder;

    private CsvCheck.Csv read(String text, String... columns) {
        return read(text.getBytes(StandardCharsets.UTF_8), columns);
    }

    private CsvCheck.Csv read(byte[] bytes, String... columns) {
        try {
            return CsvCheck.read(
                    Files.write(folder.resolve("a.csv"), bytes), CsvRules.input(List.of(columns), Map.of()));
        } catch (InvalidCsvException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fault(String text, String... columns) {
        return fault(text.getBytes(StandardCharsets.UTF_8), columns);
    }

    private String fault(byte[] bytes, String... columns) {
        try {
            return "read as " + read(bytes, columns);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void saysWhatAFileIs() {
        assertThat(read("text,n\ngood,1\nbad,2\n", "n"))
                .isEqualTo(new CsvCheck.Csv(
                        List.of("text", "n"),
                        2,
                        20,
                        "13e1ca28e13cf774c22252e40ded2464dd3c6ed936e50fe18df0febc2ed48369"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesEveryKindOfLineEnd(String end) {
        assertThat(read("text,n" + end + "a,1" + end + "b,2", "text", "n").rows())
                .isEqualTo(2);
        assertThat(read("text,n" + end + "a,1" + end + "b,2" + end).rows()).isEqualTo(2);
    }

    @Test
    void looksPastAByteOrderMark() {
        assertThat(read(BOM + "text,n\na,1\n", "text").header()).containsExactly("text", "n");
        assertThat(read(BOM + "\"text\",n\na,1\n", "text").header())
                .as("quoted")
                .containsExactly("text", "n");
        assertThat(read(BOM + "text\na\n").sha256())
                .as("it belongs to the file")
                .isNotEqualTo(read("text\na\n").sha256());
        assertThat(read(BOM + "text\na\n").bytes()).isEqualTo(10);
    }

    @Test
    void countsARowOnceHoweverManyLinesItHas() {
        assertThat(read("text,n\n\"a\nb\r\nc\",1\n\"say \"\"hi\"\"\",2\n").rows())
                .isEqualTo(2);
    }

    @Test
    void namesTheLineWhereARowBegins() {
        assertThat(fault("text,n\n\"a\nb\nc\",1\nd\n")).isEqualTo("line 5 has 1 fields, the header has 2");
        assertThat(fault("text,n\na,1\nd,2,3\n")).isEqualTo("line 3 has 3 fields, the header has 2");
    }

    @Test
    void doesNotCountBlankLines() {
        assertThat(read("text,n\n\na,1\n\n\n").rows()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void refusesABlankLineWhereOneColumnMakesItAValueOrNothing(String end) {
        String said = " is blank. In a file with one column that may stand for an empty value or for nothing:"
                + " write \"\" for an empty value, or remove the line";
        assertThat(fault("text" + end + "a" + end + end + "b" + end)).isEqualTo("line 3" + said);
        assertThat(fault("text" + end + "a" + end + end)).isEqualTo("line 3" + said);
        assertThat(fault("text" + end + end + "a")).isEqualTo("line 2" + said);
        assertThat(fault("text" + end + "\"a" + end + end + "b\"" + end + end)).isEqualTo("line 5" + said);
        assertThat(read("text" + end + "a" + end + "\"\"" + end + "b").rows()).isEqualTo(3);
        assertThat(read("text" + end + "a" + end + " " + end + "\t" + end).rows())
                .as("blanks are a value")
                .isEqualTo(3);
        assertThat(read("text" + end + "\"a" + end + end + "b\"" + end).rows()).isOne();
    }

    @Test
    void refusesTheLineEndsOfATextThatWasSentAsOneTwice() {
        assertThat(fault("text\r\r\na\r\r\n")).startsWith("line 2 is blank");
        assertThat(read("text,n\r\r\na,1\r\r\n").rows()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ntext\na\n", "\r\ntext,n\r\na,1\r\n", "\n\n\ntext,n\na,1\n", BOM + "\ntext\na\n"})
    void refusesABlankLineAboveTheHeader(String text) {
        assertThat(fault(text))
                .isEqualTo("line 1 is blank, but the header must stand there; remove the blank lines above it");
    }

    @Test
    void countsNoBlankLinesOfOutputs() {
        assertThat(CheckResults.ofOutput("score\n1\n\n2\n\n", "score")).isEqualTo("2 rows");
        assertThat(CheckResults.ofOutput("score\n1\n\"\"\n2\n")).isEqualTo("3 rows");
        assertThat(CheckResults.ofOutput("\nscore\n1\n", "score")).isEqualTo("1 rows");
    }

    @Test
    void refusesAFileWithoutAHeader() {
        assertThat(List.of(fault(""), fault("\n\n"), fault(BOM))).containsOnly("is empty");
    }

    @Test
    void leavesRowsToOthers() {
        assertThat(read("text\n", "text").rows()).isZero();
    }

    @Test
    void namesTheColumnThatIsMissingAndThoseThatAreThere() {
        assertThat(fault("a,b\n1,2\n", "b", "text")).isEqualTo("has no column 'text'; its header is: 'a', 'b'");
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() {
        assertThat(fault("text\ngood\n\"a\nb\nc\n")).isEqualTo("line 3 opens a quote that is never closed");
        assertThat(fault("text,n\na,1\n\"b,2\nc,3\n")).isEqualTo("line 3 opens a quote that is never closed");
        assertThat(fault("\"text\na\n", "text")).isEqualTo("line 1 opens a quote that is never closed");
    }

    @Test
    void saysWhatIsWrongWithAQuoteInTheMiddle() {
        assertThat(fault("text\n\"a\"x\n"))
                .startsWith("is not readable as CSV: ")
                .contains("line 2")
                .contains("'x'");
    }

    @Test
    void namesTheLineThatIsNotUtf8FarBehindAllBuffers() {
        String good = "a good day \u00e4\u20ac\uD83D\uDE00\n";
        byte[] before = ("text\n" + good.repeat(40_000)).getBytes(StandardCharsets.UTF_8);
        byte[] bad = "M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = ByteBuffer.allocate(2 * before.length + bad.length)
                .put(before)
                .put(bad)
                .put(before)
                .array();

        assertThat(fault(text)).isEqualTo("line 40002 is not UTF-8 (column 2); save the file as UTF-8 and try again");
    }

    @Test
    void namesTheLastLineWhenItIsCutInTheMiddleOfACharacter() {
        byte[] whole = "text\na\n\u20ac".getBytes(StandardCharsets.UTF_8);

        assertThat(fault(Arrays.copyOf(whole, whole.length - 1)))
                .isEqualTo("line 3 is not UTF-8 (column 1); save the file as UTF-8 and try again");
    }

    @Test
    void readsAFileOfManyRows() {
        assertThat(read("text\n" + "a good day\n".repeat(200_000)).rows()).isEqualTo(200_000);
    }

    @Test
    void leavesAMissingFileToOthers() {
        assertThatThrownBy(() -> CsvCheck.read(folder.resolve("gone.csv"), CsvRules.output(List.of())))
                .isInstanceOf(NoSuchFileException.class);
    }
}
