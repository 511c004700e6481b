package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;

/** A file that is read by a file thread, so that a disk that hangs blocks no carrier of virtual threads. */
final class FileThreadResource extends FileSystemResource {
    private final Path file;
    private final FileThreads files;

    FileThreadResource(Path file, FileThreads files) {
        super(file);
        this.file = file;
        this.files = files;
    }

    @Override
    public long contentLength() throws IOException {
        return files.call(Use.REQUEST, "Measuring " + file, () -> Files.size(file));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return files.input(Use.REQUEST, "Reading " + file, () -> Files.newInputStream(file));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
