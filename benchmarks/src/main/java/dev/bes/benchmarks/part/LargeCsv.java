package dev.bes.benchmarks.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One large CSV file. */
final class LargeCsv {

    private static final int LINES = 10_000;

    private LargeCsv() {}

    /** Writes a file of at least so many bytes, the same lines over and over. */
    static void write(Path file, long bytes) {
        byte[] lines = lines();
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("id,species,remarks,height\n".getBytes(UTF_8));
            for (long written = 0; written < bytes; written += lines.length) {
                out.write(lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] lines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(i).append(",kestrel,\"Struck the left engine during the approach\",");
            lines.append(i % 1_000).append('\n');
        }
        return lines.toString().getBytes(UTF_8);
    }
}
