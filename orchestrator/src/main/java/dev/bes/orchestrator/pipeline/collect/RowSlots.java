package dev.bes.orchestrator.pipeline.collect;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rows on disk, each at its place. One temporary file has the bytes of the rows as they come, the other one for each place where the
 * bytes are: memory does not grow with the rows.
 */
final class RowSlots implements AutoCloseable {
    private static final int SLOT = 12;
    private static final int BLOCK = 1024 * 1024;

    private final FileChannel rows;
    private final FileChannel index;
    private final Arena arena;
    private final MemorySegment slots;
    private final ByteBuffer pending = ByteBuffer.allocate(BLOCK);
    private long written;

    /** @param places how many rows there may be */
    RowSlots(long places) throws IOException {
        this.rows = temporary();
        this.index = temporary();
        this.arena = Arena.ofShared();
        try {
            reserve(places * SLOT);
            this.slots = index.map(MapMode.READ_WRITE, 0, places * SLOT, arena);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static FileChannel temporary() throws IOException {
        Path file = Files.createTempFile("orchestrator-fold-", ".rows");
        return FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE);
    }

    /** Writes zeros: a mapped file for which the disk has no room would end the process. */
    private void reserve(long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
        for (long at = 0; at < bytes; ) {
            zeros.clear().limit((int) Math.min(BLOCK, bytes - at));
            at += index.write(zeros, at);
        }
    }

    /** Forgets all rows. */
    void clear() throws IOException {
        slots.fill((byte) 0);
        rows.truncate(0);
        pending.clear();
        written = 0;
    }

    boolean isTaken(long place) {
        return length(place) > 0;
    }

    /** Puts a row at a place that is not taken. */
    void put(long place, byte[] row) throws IOException {
        slots.set(ValueLayout.JAVA_LONG_UNALIGNED, place * SLOT, written + pending.position());
        slots.set(ValueLayout.JAVA_INT_UNALIGNED, place * SLOT + Long.BYTES, row.length);
        ByteBuffer rest = ByteBuffer.wrap(row);
        while (rest.hasRemaining()) {
            int size = Math.min(rest.remaining(), pending.remaining());
            pending.put(rest.slice(rest.position(), size));
            rest.position(rest.position() + size);
            if (!pending.hasRemaining()) {
                flush();
            }
        }
    }

    /** Writes what is still in memory; before rows are copied. */
    void flush() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            written += rows.write(pending, written);
        }
        pending.clear();
    }

    /**
     * Copies the rows of adjacent places, all of which are taken.
     *
     * @return how many bytes they have
     */
    long copy(long from, long to, OutputStream target) throws IOException {
        long bytes = 0;
        for (long place = from; place < to; ) {
            long start = offset(place);
            long end = start + length(place++);
            while (place < to && offset(place) == end && end - start < BLOCK) {
                end += length(place++);
            }
            copyBytes(start, end, target);
            bytes += end - start;
        }
        return bytes;
    }

    private void copyBytes(long from, long to, OutputStream target) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) (to - from));
        while (block.hasRemaining()) {
            if (rows.read(block, from + block.position()) < 0) {
                throw new IOException("A temporary file with rows of an answer was changed");
            }
        }
        target.write(block.array());
    }

    private long offset(long place) {
        return slots.get(ValueLayout.JAVA_LONG_UNALIGNED, place * SLOT);
    }

    private int length(long place) {
        return slots.get(ValueLayout.JAVA_INT_UNALIGNED, place * SLOT + Long.BYTES);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        try (rows;
                index) {
            pending.clear();
        }
    }
}
