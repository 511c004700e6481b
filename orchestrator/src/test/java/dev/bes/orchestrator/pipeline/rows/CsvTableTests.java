package dev.bes.orchestrator.pipeline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.Table;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTests {
    private static Table read(String csv) {
        return CsvTable.read(csv.getBytes(UTF_8));
    }

    private static String written(Table table) {
        return new String(CsvTable.write(table), UTF_8);
    }

    @Test
    void readsEveryCellAsTheTextThatItIs() {
        assertThat(read("\uFEFFid,\"a, \"\"b\"\"\"\n007,1.50\n,\" zwölf\n🦅 \"\r\n\n true ,\n"))
                .isEqualTo(new Table(
                        List.of("id", "a, \"b\""),
                        List.of(List.of("007", "1.50"), List.of("", " zwölf\n🦅 "), List.of(" true ", ""))));
    }

    @Test
    void writesWhatReadsAsTheSame() {
        Table table = new Table(
                List.of("id", "id", "a, \"b\""),
                List.of(List.of("007", "", "x\r\ny"), List.of(" 1 ", "#no comment", "\"")));

        assertThat(CsvTable.read(CsvTable.write(table))).isEqualTo(table);
    }

    @Test
    void losesNoRowBehindACarriageReturnBetweenQuotes() {
        assertThat(read("text\n\"a\rb\"\nc\n\"\r\"\r\nd\n").rows())
                .isEqualTo(List.of(List.of("a\rb"), List.of("c"), List.of("\r"), List.of("d")));
        assertThat(read("n,text\n1,\"a\r\"\n2,c\n").rows()).isEqualTo(List.of(List.of("1", "a\r"), List.of("2", "c")));
    }

    @Test
    void readsEmptyCellsAtTheEnd() {
        assertThat(read("a,b\n1,\n,"))
                .isEqualTo(new Table(List.of("a", "b"), List.of(List.of("1", ""), List.of("", ""))));
        assertThat(read("a,b\r\n\"\",\"\"").rows()).isEqualTo(List.of(List.of("", "")));
        assertThat(read("a\n\"\"\n")).isEqualTo(new Table(List.of("a"), List.of(List.of(""))));
        assertThat(read("a")).isEqualTo(new Table(List.of("a"), List.of()));
    }

    @Test
    void writesAMissingValueAsAnEmptyCell() {
        assertThat(written(new Table(List.of("a", "b", "c"), List.of(Arrays.asList(null, "", "1")))))
                .isEqualTo("a,b,c\r\n,,1\r\n");
    }

    @Test
    void losesNoRowWhoseOnlyCellIsEmpty() {
        Table table = new Table(List.of("a"), List.of(List.of("1"), Arrays.asList((String) null), List.of("2")));

        assertThat(CsvTable.read(CsvTable.write(table)).rows()).hasSize(3);
    }
}
