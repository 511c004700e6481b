package dev.bes.testbench.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk that can be filled: a small tmpfs, where we may mount one; else a folder like any other. */
final class SmallDisk implements AutoCloseable {

    private static final String FILLER = ".filler";
    private static final int PIECE = 4096;

    private final Path folder;
    private boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** Mounts a disk of that size at a folder, if we may. */
    static SmallDisk at(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String size = "size=%dm".formatted(megabytes);
        return new SmallDisk(folder, succeeds(List.of("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString())));
    }

    Path folder() {
        return folder;
    }

    /** Whether it is small, so that it can be filled. */
    synchronized boolean isSmall() {
        return mounted;
    }

    /** Leaves no room for anything. */
    synchronized void fill() {
        if (!mounted) {
            throw new IllegalStateException("This would fill the machine's own disk: " + folder);
        }
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            // no space is left, as it should be
        }
    }

    /** Gives the room back. */
    synchronized void free() {
        try {
            Files.deleteIfExists(folder.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away, with all that is on it. */
    @Override
    public synchronized void close() {
        if (mounted) {
            mounted = !succeeds(List.of("umount", folder.toString()))
                    && !succeeds(List.of("umount", "-l", folder.toString()));
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
