package dev.bes.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTests {

    @TempDir
    Path folder;

    private Path delivered;
    private Workload work;

    @BeforeEach
    void deliverAll() throws IOException {
        delivered = Files.createDirectory(folder.resolve("delivered"));
        work = Workload.make(folder.resolve("work"), 3);
        for (int i = 0; i < 3; i++) {
            Files.copy(input(i), delivered.resolve("7-%d-f%d.output1.csv".formatted(i + 1, i)));
        }
    }

    @Test
    void isContentWhenEveryOutputIsHome() {
        work.check(delivered);
    }

    @Test
    void missesAnOutput() throws IOException {
        Files.delete(delivered.resolve("7-2-f1.output1.csv"));

        assertThatThrownBy(() -> work.check(delivered)).hasMessage("2 of 3 outputs were delivered");
    }

    @Test
    void findsAnOutputThatCameTwice() throws IOException {
        Files.copy(input(1), delivered.resolve("7-4-f1.output1.csv"));

        assertThatThrownBy(() -> work.check(delivered)).hasMessageContaining("Delivered twice");
    }

    @Test
    void findsTheOutputOfAnotherInput() throws IOException {
        Files.copy(input(0), delivered.resolve("7-2-f1.output1.csv"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> work.check(delivered)).hasMessageContaining("Not the output of its input");
    }

    private Path input(int i) {
        return work.folder().resolve("f" + i + ".csv");
    }
}
