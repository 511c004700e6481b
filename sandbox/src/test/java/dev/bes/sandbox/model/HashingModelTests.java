package dev.bes.sandbox.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HashingModelTests {

    private static final Settings SETTINGS =
            new Settings(Map.of("Target column", "t", "Hashing bitsize", "1", "N-grams", "1"), true);
    private static final String HEADER = "id,t,t_HashingFeature.0,t_HashingFeature.1\r\n";

    @Test
    void keepsQuotesNewlinesAndOtherAlphabets() {
        String scored = score("id,t\n\"a \"\"b\"\", c\",\"Grüße\n東京\"\n");

        assertThat(scored)
                .startsWith(HEADER + "\"a \"\"b\"\", c\",\"Grüße\n東京\",")
                .hasLineCount(3);
    }

    @Test
    void readsFilesWithCarriageReturnsAndAByteOrderMark() {
        assertThat(score("\uFEFFid,t\r\n1,2\r\n")).isEqualTo(HEADER + "1,2,1,0\r\n");
    }

    @Test
    void keepsEmptyCells() {
        assertThat(score("id,t\n,\n,3\n")).isEqualTo(HEADER + ",,0,0\r\n,3,0,1\r\n");
    }

    @Test
    void losesNoRowBehindACarriageReturnBetweenQuotes() {
        assertThat(score("id,t\n1,\"a\rb\"\n2,3\n\"\r\",\"4\r\"\n"))
                .isEqualTo(HEADER + "1,\"a\rb\",1,1\r\n2,3,0,1\r\n\"\r\",\"4\r\",1,0\r\n");
        assertThat(score("t\n\"\r\"\n2\n\"a\r\"")).hasLineCount(6);
        assertThat(score("\uFEFF\"t\"\n\"\r\"\n2\n")).contains("\r\n2,");
    }

    @Test
    void readsFilesOfThreeBytes() {
        assertThat(score("t\n2")).hasLineCount(2).endsWith("2,1,0\r\n");
    }

    @Test
    void scoresAHeaderWithoutRows() {
        assertThat(score("id,t\n")).isEqualTo(HEADER);
    }

    @Test
    void takesAnEmptyLineOfASingleColumnAsARow() {
        assertThat(score("t\n2\n\n3\n")).hasLineCount(4);
    }

    @Test
    void skipsBlankLinesBetweenRowsOfSeveralColumns() {
        assertThat(score("id,t\n1,2\n\n3,4\n\n")).hasLineCount(3);
    }

    @Test
    void choosesAnotherPrefixWhenTheColumnsExist() {
        assertThat(score(HEADER + "1,2,0,0\r\n"))
                .startsWith("id,t,t_HashingFeature.0,t_HashingFeature.1,t_HashingFeature2.0,t_HashingFeature2.1\r\n");
    }

    @Test
    void refusesRowsOfUnequalLength() {
        assertThatThrownBy(() -> score("id,t\n1,2\n1,2,3\n"))
                .isInstanceOf(InvalidDataset.class)
                .hasMessageContaining("line 3: All rows must have same number of elements");
    }

    @Test
    void refusesDataWithoutTheColumn() {
        assertThatThrownBy(() -> score("id,T\n1,2\n"))
                .isInstanceOf(ModuleFailure.class)
                .hasMessage("Error 0001: Column with name or index \"t\" not found.");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> score(""))
                .isInstanceOf(InvalidDataset.class)
                .extracting(e -> ModuleFailure.of((InvalidDataset) e).getMessage())
                .isEqualTo("Error 0003: Input \"Dataset\" is null or empty.");
    }

    @Test
    void readsAndWritesTabs() {
        assertThat(score("id\tt\n1\t2\n", DataFormat.TSV)).isEqualTo(HEADER.replace(',', '\t') + "1\t2\t1\t0\r\n");
    }

    private static String score(String csv) {
        return score(csv, DataFormat.CSV);
    }

    private static String score(String file, DataFormat format) {
        var out = new ByteArrayOutputStream();
        try (RowReader reader = format.reader(new ByteArrayInputStream(file.getBytes(UTF_8)));
                RowWriter writer = format.writer(out, "")) {
            new HashingModel().score(SETTINGS, List.of(reader), List.of(writer));
        }
        return out.toString(UTF_8);
    }
}
