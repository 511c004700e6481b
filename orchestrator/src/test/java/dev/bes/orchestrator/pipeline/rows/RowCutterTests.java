package dev.bes.orchestrator.pipeline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowCutterTests {
    private static final String CSV = "\uFEFFa,b\r\n1,\"x\r\ny\"\r\n\r\n2,\"say \"\"no\"\"\"\n3,\r4,z";

    private static RowCutter cutter(String csv) {
        return new RowCutter(new InMemoryBlobs().with("in", csv), "in", csv.getBytes(UTF_8).length, new byte[0]);
    }

    private static List<String> cut(RowCutter cutter, int rows, int bytes) {
        List<String> batches = new ArrayList<>();
        for (RowCutter.Batch batch = cutter.next(rows, bytes); batch != null; batch = cutter.next(rows, bytes)) {
            batches.add(batch.rows() + ":" + new String(batch.content(), UTF_8));
        }
        return batches;
    }

    @Test
    void cutsOnlyBetweenRows() {
        assertThat(cut(cutter(CSV), 1, 1000))
                .containsExactly(
                        "1:\uFEFFa,b\r\n", "1:1,\"x\r\ny\"\r\n", "1:\r\n2,\"say \"\"no\"\"\"\n", "1:3,\r", "1:4,z");
    }

    @Test
    void fillsABatchUpToItsRowsAndBytes() {
        assertThat(cut(cutter("a\n1\n2\n3\n4\n"), 3, 1000)).containsExactly("3:a\n1\n2\n", "2:3\n4\n");
        assertThat(cut(cutter("a\n1\n22222\n3\n4\n"), 9, 4)).containsExactly("2:a\n1\n", "1:22222\n", "2:3\n4\n");
    }

    @Test
    void goesOnAtAnyRow() {
        RowCutter cutter = cutter(CSV);
        long second = cutter.next(2, 1000).to();
        RowCutter other = cutter(CSV);
        other.moveTo(second);

        assertThat(cut(other, 9, 1000)).isEqualTo(cut(cutter, 9, 1000)).hasSize(1);
    }

    @Test
    void readsRowsThatAreLongerThanAPart() {
        String large = "\"" + "x\n".repeat(1_100_000) + "\"";
        assertThat(cut(cutter("a\n" + large + "\n1\n"), 1, 10)).containsExactly("1:a\n", "1:" + large + "\n", "1:1\n");
    }

    @Test
    void countsLinesBeforeARow() {
        byte[] content = CSV.getBytes(UTF_8);

        assertThat(List.of(0, 1, 2, 3, 4))
                .map(row -> RowCutter.linesUntil(content, row))
                .containsExactly(0, 1, 4, 5, 6);
        assertThat(RowCutter.lines(content)).isEqualTo(6);
    }
}
