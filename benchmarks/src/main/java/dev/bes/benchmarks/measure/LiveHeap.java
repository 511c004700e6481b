package dev.bes.benchmarks.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What is alive in the heap of a Java process. */
public final class LiveHeap {

    private static final String TOTAL = "Total";

    private LiveHeap() {}

    /** The bytes of its objects after a full collection, which this call causes. */
    public static long bytes(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        ProcessBuilder command =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram").redirectErrorStream(true);
        try {
            Process process = command.start();
            List<String> lines = process.inputReader(UTF_8).lines().toList();
            return lines.stream()
                    .filter(line -> line.startsWith(TOTAL))
                    .mapToLong(line -> Long.parseLong(line.trim().split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("jcmd says: " + lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
