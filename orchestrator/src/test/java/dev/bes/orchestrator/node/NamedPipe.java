package dev.bes.orchestrator.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A named pipe: whoever opens it to read waits until somebody opens it to write, and can't be interrupted. */
public final class NamedPipe implements AutoCloseable {
    private final Path path;

    /** Makes it, in the place of whatever is there. */
    public NamedPipe(Path path) {
        this.path = path;
        try {
            Files.deleteIfExists(path);
            if (new ProcessBuilder("mkfifo", path.toString()).start().waitFor() != 0) {
                throw new IllegalStateException("No named pipe could be made at " + path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets everybody who reads come to the end of it. */
    @Override
    public void close() {
        try {
            // to read and to write: this one opening never waits
            Files.newByteChannel(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
