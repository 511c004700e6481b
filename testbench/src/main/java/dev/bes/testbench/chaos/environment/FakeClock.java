package dev.bes.testbench.chaos.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one node, which libfaketime reads from a file. The monotonic clock stays true, as on a machine whose time
 * is set.
 */
public final class FakeClock {

    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path file;

    FakeClock(Path file) {
        this.file = file;
    }

    /**
     * libfaketime on this machine.
     *
     * @param path the library; empty when it is not installed
     */
    public record Library(Optional<Path> path) {

        static Library find() {
            return new Library(
                    Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64")
                            .map(folder -> Path.of(folder, LIBRARY))
                            .filter(Files::exists)
                            .findFirst());
        }

        /** Whether libfaketime is installed on this machine. */
        public boolean isInstalled() {
            return path.isPresent();
        }
    }

    /** Sets how far the clock is ahead; the node sees it within a second. */
    public void stepTo(Duration ahead) {
        try {
            // renamed in one step: half a number is another number
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text(ahead));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Environment variables that make a process use this clock. */
    Map<String, String> environment(Library library) {
        return library.path()
                .map(path -> Map.of(
                        "LD_PRELOAD", path.toString(),
                        "FAKETIME_TIMESTAMP_FILE", file.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        // else every timed wait returns at once, and a JVM uses them everywhere
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                        "NO_FAKE_STAT", "1"))
                .orElseGet(Map::of);
    }

    private static String text(Duration ahead) {
        return "%+d\n".formatted(ahead.toSeconds());
    }
}
