package dev.bes.testbench.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTests {

    @TempDir
    Path folder;

    @Test
    void knowsADemoThatRuns() {
        PidFile pids = new PidFile(folder.resolve("demo.pid"));
        pids.write(Stream.of(ProcessHandle.current()));

        assertThat(pids.running()).contains(ProcessHandle.current());
    }

    @Test
    void doesNotTakeAnotherProcessForTheDemo() throws IOException {
        Path file = folder.resolve("demo.pid");
        Files.writeString(file, ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");

        assertThat(new PidFile(file).running()).isEmpty();
        assertThat(new PidFile(file).stop()).isFalse();
    }

    @Test
    void hasNothingToStopWithoutAFile() {
        PidFile pids = new PidFile(folder.resolve("demo.pid"));

        assertThat(pids.running()).isEmpty();
        assertThat(pids.stop()).isFalse();
    }

    @Test
    void stopsWhatStillRunsAndWaitsForIt() throws IOException {
        PidFile pids = new PidFile(folder.resolve("demo.pid"));
        Process process = new ProcessBuilder("sleep", "60").start();
        pids.write(Stream.of(process.toHandle()));

        assertThat(pids.stop()).isTrue();
        assertThat(process.isAlive()).isFalse();
    }
}
