package dev.bes.cli.run;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;

/** A file that is read while it is sent, and tells how many bytes were read. */
final class UploadResource extends FileSystemResource {
    private final LongConsumer read;

    UploadResource(Path file, LongConsumer read) {
        super(file);
        this.read = read;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                read.accept(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                read.accept(Math.max(0, count));
                return count;
            }
        };
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
