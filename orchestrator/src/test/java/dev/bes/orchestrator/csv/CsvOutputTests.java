package dev.bes.orchestrator.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOutputTests {
    private static final CsvRules RULES = CsvRules.output(List.of("score"));
    private static final String ROWS = "\uFEFFscore,\"the \"\"word\"\"\"\r\n" + "1,\"ä,\nö\"\r\n".repeat(40_000);

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final CsvOutput output = new CsvOutput(file, RULES);

    private CsvOutput written(String text, int pieces) {
        byte[] bytes = text.getBytes(UTF_8);
        try (output) {
            for (int at = 0; at < bytes.length; at += pieces) {
                output.write(bytes, at, Math.min(pieces, bytes.length - at));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16 * 1024, 128 * 1024, 128 * 1024 + 1, 10_000_000})
    void findsWhatAReadingOfTheFileWouldFind(int pieces) throws Exception {
        Path read = Files.createTempFile("output", ".csv");
        try {
            Files.writeString(read, ROWS);
            assertThat(written(ROWS, pieces).csv()).isEqualTo(CsvCheck.read(read, RULES));
        } finally {
            Files.delete(read);
        }
        assertThat(file.toByteArray()).isEqualTo(ROWS.getBytes(UTF_8));
    }

    @Test
    void tellsAFaultAtTheEndAndWritesNothingAfterIt() {
        CsvOutput faulty = written("score\n" + "1\n".repeat(100_000) + "1,2\n" + "1\n".repeat(1_000_000), 16 * 1024);

        assertThatThrownBy(faulty::csv)
                .isInstanceOf(InvalidCsvException.class)
                .hasMessageStartingWith("line 100002 has 2 fields");
        assertThat(file.size()).isLessThanOrEqualTo(200_010);
    }

    @Test
    void findsAtTheEndWhatOnlyTheEndShows() {
        assertThatThrownBy(() -> written("score\n\"1\n", 1).csv()).hasMessageContaining("a quote that is never closed");
    }

    @Test
    void isEmptyIfNothingCame() {
        assertThatThrownBy(() -> written("", 1).csv()).hasMessage("is empty");
    }

    /** What a batch endpoint writes for a script that returns a data frame. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "score,word,more/\"a day\" 2 3/ | line 2 has a space after a closing quote; its values are separated by spaces"
            })
    void saysOfADataFrameWhatToDo(String text, String said) {
        assertThatThrownBy(() -> written(text.replace('/', '\n'), 100).csv())
                .isInstanceOf(InvalidCsvException.class)
                .hasMessageContaining(said)
                .hasMessageEndingWith(": let the scoring script return lines of CSV");
    }
}
