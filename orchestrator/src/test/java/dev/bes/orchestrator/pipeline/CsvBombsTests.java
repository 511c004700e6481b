package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.csv.CsvCheck;
import dev.bes.orchestrator.csv.CsvRules;
import dev.bes.orchestrator.csv.InvalidCsvException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are meant to do harm: each is refused, soon and in little memory. */
@Timeout(60)
@Tag("slow")
class CsvBombsTests {

    @TempDir
    private Path folder;

    private void isRefused(Path file) {
        assertThatThrownBy(() -> CsvCheck.read(file, CsvRules.input(List.of(), Map.of())))
                .isInstanceOf(InvalidCsvException.class);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("bomb.csv"), content);
    }

    @Test
    void refusesALineWithoutEnd() throws IOException {
        Path file = folder.resolve("bomb.csv");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write("text\n".getBytes(StandardCharsets.US_ASCII));
            sparse.setLength(4L * 1024 * 1024 * 1024);
        }

        isRefused(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\"\",", "a,"})
    void refusesARowOfMillionsOfColumns(String column) throws IOException {
        Path file = folder.resolve("bomb.csv");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("text\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 20_000_000 / column.length(); i++) {
                out.write(column.getBytes(StandardCharsets.US_ASCII));
            }
        }

        isRefused(file);
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() throws IOException {
        isRefused(file(("text\n\"" + "a,b\n".repeat(6_000_000)).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void refusesAZipArchive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../../a.csv"));
            zip.write("text\na\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        }

        isRefused(file(bytes.toByteArray()));
    }

    @Test
    void leavesSpreadsheetFormulasUntouched() throws Exception {
        String text = "text\n=cmd|' /C calc'!A0\n+1\n-1\n@SUM(A1)\n\t=1\n";
        InMemoryBlobs inMemoryBlobs = new InMemoryBlobs();
        StepFixture stepFixture = new StepFixture();
        Path file = file(text.getBytes(StandardCharsets.US_ASCII));

        StepFixture.move(stepFixture
                .stage(inMemoryBlobs)
                .stage(ClaimBuilder.aClaim(dev.bes.orchestrator.run.Step.PLANNED)
                        .file(file.toString())
                        .build()));

        assertThat(inMemoryBlobs.blobs.values())
                .singleElement()
                .satisfies(blob -> assertThat(blob).asString().isEqualTo(text));
    }
}
