package dev.bes.testbench.chaos.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk that can be filled: a small tmpfs as root, otherwise an ordinary folder that is never filled. */
public final class SmallDisk implements AutoCloseable {

    private static final String FILLER = ".filler";
    private static final int BLOCK_BYTES = 4096;

    private final Path folder;
    private boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** Mounts a disk of that size at a folder, if the user may mount. */
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

    /** Whether it is a small disk, which can be filled. */
    public synchronized boolean isSmall() {
        return mounted;
    }

    /** Fills it to the last block. */
    public synchronized void fill() {
        if (!mounted) {
            throw new IllegalStateException("This would fill the disk of the machine: " + folder);
        }
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // no space is left, as intended
        }
    }

    /** Frees the space again. */
    public synchronized void free() {
        try {
            Files.deleteIfExists(folder.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unmounts it; its files are lost. */
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
