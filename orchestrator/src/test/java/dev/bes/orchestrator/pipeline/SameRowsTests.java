package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.csv.CsvCheck;
import dev.bes.orchestrator.csv.CsvRules;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.pipeline.rows.CsvTable;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowCounter;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.model.HashingModel;
import dev.bes.sandbox.model.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files on their way through the check: what it lets pass has the same rows for it, for the service that reads it as a job's
 * input, and for the table of the one call; what it refuses is never sent.
 */
@Tag("slow")
class SameRowsTests {
    private static final int FILES = 5_000;
    private static final List<String> HEADERS =
            List.of("t", "t", "\"t\"", "t,n", "n,t", "\"t\",\"n,\"", "t,n,", "\uFEFFt", "");
    private static final List<String> ENDS = List.of("\n", "\n", "\r\n", "\r\n", "\r", "", "\r\r\n", "\n\n");
    private static final List<String> CELLS = List.of(
            "",
            "",
            "a",
            "a b",
            " ",
            "\t",
            "\"\"",
            "\"\"",
            "\"a,b\"",
            "\"\n\"",
            "\"a\r\nb\"",
            "\"\r\"",
            "\"\"\"\"",
            "a\"b",
            "'",
            "#",
            "\u00e4",
            "\uD83D\uDE00",
            "\u2028",
            "\u0085",
            "\0",
            "\u001a",
            "\uFEFF",
            "\u00a0",
            "=1",
            "\"",
            "sep=,");

    @TempDir
    Path folder;

    private final StepFixture stepFixture = new StepFixture();

    private static String random(Random random) {
        String end = ENDS.get(random.nextInt(3) == 0 ? random.nextInt(ENDS.size()) : 2 * random.nextInt(2));
        String header = HEADERS.get(random.nextInt(HEADERS.size()));
        int width = header.split(",(?!\")", -1).length;
        StringBuilder text = new StringBuilder(random.nextInt(12) == 0 ? end : "").append(header);
        for (int rows = random.nextInt(5); rows >= 0; rows--) {
            text.append(random.nextInt(8) == 0 ? ENDS.get(random.nextInt(ENDS.size())) : end);
            for (int cell = 0; cell < width; cell++) {
                text.append(cell == 0 ? "" : ",")
                        .append(CELLS.get(random.nextInt(random.nextInt(4) == 0 ? CELLS.size() : 14)));
            }
        }
        return text.append(random.nextBoolean() ? end : "").toString();
    }

    @Test
    void countsRowsAsEveryOtherReaderDoes() throws IOException, InvalidCsvException {
        Random random = new Random(12);
        int passed = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] file = random(random).getBytes(UTF_8);
            InMemoryBlobs inMemoryBlobs = new InMemoryBlobs();
            Path path = Files.write(folder.resolve("day.csv"), file);

            Move move = StepFixture.move(stepFixture
                    .stage(inMemoryBlobs)
                    .stage(aClaim(Step.PLANNED).file(path.toString()).build()));

            String as = new String(file, UTF_8).replace("\n", "\\n").replace("\r", "\\r");
            if (move.to().state() == State.FAILED) {
                assertThat(inMemoryBlobs.blobs).as(as).isEmpty();
            } else {
                passed++;
                assertThat(inMemoryBlobs.blobs.values()).as(as).containsExactly(file);
                assertRows(as, file, rows(CsvRules.input(List.of(), Map.of()), file));
            }
        }
        assertThat(passed).as("files that passed").isBetween(FILES / 10, 9 * FILES / 10);
    }

    private void assertRows(String as, byte[] file, long rows) throws IOException, InvalidCsvException {
        Table table = CsvTable.read(file);
        ByteArrayOutputStream scored = new ByteArrayOutputStream();
        assertThat(score(file, table.columns().getFirst(), scored))
                .as("rows of a job of " + as)
                .isEqualTo(rows);
        assertThat(rows(CsvRules.output(List.of()), scored.toByteArray()))
                .as("rows of the output of " + as)
                .isEqualTo(rows);
        assertThat(table.rows()).as("rows of the table of " + as).hasSize((int) rows);
        assertThat(rows(CsvRules.output(List.of()), CsvTable.write(table)))
                .as("rows of the answer of one call of " + as)
                .isEqualTo(rows);
    }

    private static long score(byte[] file, String target, OutputStream scored) {
        Settings settings = new Settings(Map.of("Target column", target, "Hashing bitsize", "1", "N-grams", "1"), true);
        try (RowReader reader = DataFormat.CSV.reader(new ByteArrayInputStream(file));
                RowCounter writer = new RowCounter(DataFormat.CSV.writer(scored, "output1"))) {
            new HashingModel().score(settings, List.of(reader), List.of(writer));
            return writer.rows();
        }
    }

    private long rows(CsvRules rules, byte[] file) throws IOException, InvalidCsvException {
        return CsvCheck.read(Files.write(folder.resolve("read.csv"), file), rules)
                .rows();
    }
}
