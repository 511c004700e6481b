package dev.bes.orchestrator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of so many bytes in memory, mounted for a test; see {@link Precondition}. */
public final class SmallDisk implements AutoCloseable {
    private final Path place;

    /** Mounts the disk at a folder, which is made. */
    public SmallDisk(Path folder, int bytes) {
        try {
            place = Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Precondition.SMALL_DISK.require(run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", place.toString()));
    }

    /** Where it is mounted. */
    public Path place() {
        return place;
    }

    /** Lets nobody write to it any more, or lets them again. */
    public void readOnly(boolean wanted) {
        if (!run("mount", "-o", "remount," + (wanted ? "ro" : "rw"), place.toString())) {
            throw new IllegalStateException("The small disk could not be mounted anew");
        }
    }

    @Override
    public void close() {
        if (!run("umount", "-l", place.toString())) {
            throw new IllegalStateException("The small disk could not be taken away");
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
