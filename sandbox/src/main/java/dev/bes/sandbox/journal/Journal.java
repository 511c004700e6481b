package dev.bes.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of JSON lines, forced to disk before a reply is sent. Callers that wait at the same time share one
 * force: the first of them writes all entries that were appended so far.
 */
public final class Journal implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final InstantSource clock;
    private final ReentrantLock appending = new ReentrantLock();
    private final ReentrantLock forcing = new ReentrantLock();
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long appended;
    private volatile long durable;

    private Journal(Path file, FileChannel channel, InstantSource clock, long appended) {
        this.file = file;
        this.channel = channel;
        this.clock = clock;
        this.appended = appended;
        this.durable = appended;
    }

    /**
     * Opens a journal and appends to existing lines.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public static Journal open(Path file, InstantSource clock) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
            long lines = JournalLines.repair(channel);
            return new Journal(file, channel.position(channel.size()), clock, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an entry; it is safe on disk once a later {@link #force()} has returned. */
    public void append(JournalEntry.Event event, @Nullable String job, Map<String, ?> facts) {
        appending.lock();
        try {
            appended++;
            pending.writeBytes(JournalLines.write(appended, clock.instant(), event, job, facts)
                    .getBytes(UTF_8));
        } finally {
            appending.unlock();
        }
    }

    /**
     * Returns when all entries that were appended before the call are on disk.
     *
     * @throws UncheckedIOException when the disk cannot be written
     */
    public void force() {
        long wanted = appendedSoFar();
        if (durable >= wanted) {
            return;
        }
        forcing.lock();
        try {
            if (durable < wanted) {
                writePending();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            forcing.unlock();
        }
    }

    /** All entries, oldest first, read back from the file. */
    public List<JournalEntry> entries() {
        force();
        return JournalLines.read(file);
    }

    /**
     * All entries of a closed journal, oldest first.
     *
     * @throws UncheckedIOException when the file can't be read
     */
    public static List<JournalEntry> read(Path file) {
        return JournalLines.read(file);
    }

    /** The entries about one job, oldest first. */
    public List<JournalEntry> of(String job) {
        return entries().stream().filter(entry -> job.equals(entry.job())).toList();
    }

    /** The file of the journal. */
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        force();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long appendedSoFar() {
        appending.lock();
        try {
            return appended;
        } finally {
            appending.unlock();
        }
    }

    private void writePending() throws IOException {
        ByteArrayOutputStream taken;
        long upTo;
        appending.lock();
        try {
            taken = pending;
            upTo = appended;
            pending = new ByteArrayOutputStream();
        } finally {
            appending.unlock();
        }
        for (ByteBuffer lines = ByteBuffer.wrap(taken.toByteArray()); lines.hasRemaining(); ) {
            channel.write(lines);
        }
        channel.force(false);
        durable = upTo;
    }
}
