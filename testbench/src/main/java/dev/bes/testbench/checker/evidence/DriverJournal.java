package dev.bes.testbench.checker.evidence;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The driver's journal: one JSON object a line, the oldest first. */
public final class DriverJournal {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Path file;

    /** A journal in a file, which is made with the first entry. */
    public DriverJournal(Path file) {
        this.file = file;
    }

    /**
     * Adds an entry.
     *
     * @throws UncheckedIOException when the file can't be written
     */
    public synchronized void append(DriverEntry entry) {
        try {
            String line = json.writerFor(DriverEntry.class).writeValueAsString(entry);
            Files.writeString(file, line + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All entries, oldest first.
     *
     * @throws UncheckedIOException when the file can't be read
     */
    public synchronized List<DriverEntry> entries() {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> json.readValue(line, DriverEntry.class)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
