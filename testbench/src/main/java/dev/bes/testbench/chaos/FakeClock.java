package dev.bes.testbench.chaos;

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
 * The wall clock of one node, which libfaketime reads from a file. Only that clock: what the node measures durations with
 * is left alone, as on a real machine.
 */
final class FakeClock {

    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path file;

    FakeClock(Path file) {
        this.file = file;
    }

    /**
     * Whether and how clocks can be stepped on this machine.
     *
     * @param library libfaketime, if it is installed
     */
    record Means(Optional<Path> library) {

        static Means ofThisMachine() {
            return new Means(
                    Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64")
                            .map(folder -> Path.of(folder, LIBRARY))
                            .filter(Files::exists)
                            .findFirst());
        }

        boolean canStep() {
            return library.isPresent();
        }
    }

    /** Sets how far the clock is ahead; the node notices within a second. */
    void stepTo(Duration ahead) {
        try {
            // in one piece: half a number is another number
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text(ahead));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process needs in its environment to live by this clock. */
    Map<String, String> environment(Means means) {
        return means.library()
                .map(library -> Map.of(
                        "LD_PRELOAD", library.toString(),
                        "FAKETIME_TIMESTAMP_FILE", file.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        // else every timed wait returns at once, and a JVM does nothing but wait
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                        "NO_FAKE_STAT", "1"))
                .orElseGet(Map::of);
    }

    private static String text(Duration ahead) {
        return "%+d\n".formatted(ahead.toSeconds());
    }
}
