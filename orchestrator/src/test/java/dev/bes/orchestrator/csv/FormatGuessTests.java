package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are something else: each is refused by the name of what it looks like. */
class FormatGuessTests {

    private static final String[] TEXTS = {
        "text\nIt was a fine morning\nThe pump has failed again\n",
        "id,text\r\n1,It was a fine morning\r\n",
        "\u00dcbergr\u00f6\u00dfe,text\nT\u00fcr klemmt,gr\u00f6\u00dfer\n",
        "\u0442\u0435\u043a\u0441\u0442,\u0447\u0438\u0441\u043b\u043e\n\u0434\u0432\u0435\u0440\u044c,1\n",
        "text\n\u6771\u4eac\u306e\u5929\u6c17\u306f\u826f\u3044\n\u5927\u962a\u306f\u96e8\n",
        "\u6587\u672c,\u6570\n\u95e8\u574f\u4e86,1\n",
        "text\n\uD83D\uDE00 fine\n",
        "t\na\n",
    };

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void recognisesUtf16AndUtf32(String charset) {
        String name = charset.contains("32") ? "UTF-32" : "UTF-16";
        for (String text : TEXTS) {
            assertThat(CheckResults.ofInput(text.getBytes(Charset.forName(charset))))
                    .as(text)
                    .isEqualTo("line 1 is not UTF-8, the file looks like " + name
                            + "; save the file as UTF-8 and try again");
        }
    }

    @Test
    void recognisesUtf16CutInTheMiddleOfACharacter() {
        for (String text : TEXTS) {
            byte[] bytes = (text + "x").repeat(1000).getBytes(Charset.forName("UTF-16LE"));
            assertThat(CheckResults.ofInput(java.util.Arrays.copyOf(bytes, bytes.length - 1)))
                    .contains("line 1 ", "looks like UTF-16");
        }
    }

    @Test
    void takesTextWithNulCharactersForNoUtf16() {
        assertThat(CheckResults.ofInput("text\na" + "\0".repeat(3000))).contains("line 2, column 2 holds U+0000");
        assertThat(CheckResults.ofInput("id,text\n1,It was\0a fine morning\n"))
                .contains("line 2, column 9 holds U+0000");
    }

    @Test
    void namesTheLineThatIsLatin1OrWindows1252() {
        assertThat(CheckResults.ofInput("text\nT\u00fcr\n".getBytes(ISO_8859_1)))
                .isEqualTo("line 2 is not UTF-8 (column 2); save the file as UTF-8 and try again");
        assertThat(CheckResults.ofInput("text\nhe said \u201cno\u201d\n".getBytes(Charset.forName("windows-1252"))))
                .startsWith("line 2 is not UTF-8 (column 9)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Content_Types].xml", "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a.csv"})
    void recognisesArchives(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("text\na\n".getBytes(UTF_8));
        }

        assertThat(CheckResults.ofInput(bytes.toByteArray()))
                .isEqualTo("is no CSV: it looks like "
                        + (entry.startsWith("[")
                                ? "an Excel workbook; save it as 'CSV UTF-8'"
                                : entry.startsWith("m")
                                        ? "an OpenDocument spreadsheet; save it as CSV in UTF-8"
                                        : "a ZIP archive; unpack it")
                        + ", and try again");
    }

    @Test
    void recognisesCompressedFiles() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("text\na\n".getBytes(UTF_8));
        }

        assertThat(CheckResults.ofInput(bytes.toByteArray())).contains("a gzip archive; unpack it");
    }

    @Test
    void recognisesPdfParquetAndHtml() {
        assertThat(CheckResults.ofInput("%PDF-1.7\n1 0 obj\n")).contains("looks like a PDF");
        assertThat(CheckResults.ofInput("PAR1\u0015\u0004")).contains("looks like a Parquet file");
        assertThat(CheckResults.ofInput("\n <!DOCTYPE html>\n<html>\n")).contains("looks like an HTML page");
        assertThat(CheckResults.ofInput("\uFEFF<html lang=\"de\">\n</html>\n")).contains("looks like an HTML page");
        assertThat(CheckResults.ofInput("<?xml version=\"1.0\"?>\n<a/>\n")).contains("looks like XML");
        assertThat(CheckResults.ofInput("[\n {\"text\": \"a\"}\n]\n")).contains("looks like JSON");
        assertThat(CheckResults.ofInput("{\"text\": \"a\"}\n{\"text\": \"b\"}\n"))
                .contains("looks like JSON");
        assertThat(CheckResults.ofInput("\u00D0\u00CF\u0011\u00E0\u00A1".getBytes(ISO_8859_1)))
                .contains("Excel workbook");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PAR1,PAR2\n1,2\n",
                "BZh\n1\n",
                "[id],[text]\n1,2\n",
                "<5,<10\n1,2\n",
                "PK,text\n1,2\n",
                "{id}\n1\n",
                "%,text\n1,2\n"
            })
    void takesCsvWithAnOddHeaderForCsv(String text) {
        assertThat(CheckResults.ofInput(text)).isEqualTo("1 rows");
    }
}
