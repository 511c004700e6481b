package dev.bes.cli.run;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.run.NewRunJson;
import dev.bes.cli.output.ProgressBar;
import dev.bes.cli.session.Session;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;

/**
 * A request for a run with its files, which are read while they are sent.
 *
 * @param run definition and parameters
 * @param files files by input; may be empty
 */
record Upload(NewRunJson run, Map<String, Path> files) {
    private static final Duration ANSWER = Duration.ofMinutes(2);
    /** The slowest connection that is waited for. */
    private static final long BYTES_PER_SECOND = 50_000;

    /** Sends it once, with an idempotency key. */
    AcceptedRun send(Session session, String key) {
        if (files.isEmpty()) {
            return session.client().request(run, key);
        }
        long all = files.values().stream().mapToLong(Upload::size).sum();
        AtomicLong sent = new AtomicLong();
        try (ProgressBar bar = session.progressBar()) {
            Map<String, CountedFile> parts = new LinkedHashMap<>();
            files.forEach((input, file) -> parts.put(input, new CountedFile(file, count -> {
                long done = sent.addAndGet(count);
                bar.show("Upload", done, all, ProgressBar.size(done) + " of " + ProgressBar.size(all));
            })));
            Duration timeout = ANSWER.plusSeconds(all / BYTES_PER_SECOND);
            return session.client().withTimeout(timeout).request(run, parts, key);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that is read while it is sent, and tells how many bytes were read. */
    private static final class CountedFile extends FileSystemResource {
        private final LongConsumer read;

        CountedFile(Path file, LongConsumer read) {
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
}
