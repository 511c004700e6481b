package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a CSV blob that {@code CsvCheck} has accepted into batches of whole rows. Reads the blob part by part, from any row on.
 */
final class RowCutter {
    private static final int CHUNK = 1024 * 1024;

    private final Blobs blobs;
    private final String path;
    private final long size;
    private byte[] buffer;
    /** Where the buffer begins in the blob. */
    private long base;

    private int start;

    /**
     * Begins at the first byte.
     *
     * @param size of the blob in bytes
     * @param begin its first bytes, as far as they are known
     */
    RowCutter(Blobs blobs, String path, long size, byte[] begin) {
        this.blobs = blobs;
        this.path = path;
        this.size = size;
        this.buffer = begin;
    }

    /** Some rows, as the bytes between two places of the blob. */
    static final class Batch {
        private final long from;
        private final int rows;
        private final byte[] content;

        private Batch(long from, int rows, byte[] content) {
            this.from = from;
            this.rows = rows;
            this.content = content;
        }

        /** The first byte in the blob. */
        long from() {
            return from;
        }

        /** The byte after the last one. */
        long to() {
            return from + content.length;
        }

        /** How many rows; a line without a character is no row. */
        int rows() {
            return rows;
        }

        byte[] content() {
            return content;
        }
    }

    /** Where the next batch begins. */
    long position() {
        return base + start;
    }

    /** How many bytes there are from there on. */
    long rest() {
        return size - position();
    }

    /** Continues at the first byte of a row. */
    void moveTo(long position) {
        if (position >= base && position <= base + buffer.length) {
            start = (int) (position - base);
        } else {
            buffer = new byte[0];
            base = position;
            start = 0;
        }
    }

    /**
     * The next rows; null at the end.
     *
     * @param maxRows maximum number of rows
     * @param maxBytes maximum size; one row may be larger
     */
    @Nullable
    Batch next(int maxRows, int maxBytes) {
        drop();
        int rows = 0;
        int end = 0;
        while (rows < maxRows) {
            int rowEnd = rowEnd(end);
            if (rowEnd == end || (rows > 0 && rowEnd > maxBytes)) {
                break;
            }
            rows += isBlank(buffer, end) ? 0 : 1;
            end = rowEnd;
        }
        if (rows == 0) {
            return null;
        }
        long from = position();
        start = end;
        return new Batch(from, rows, Arrays.copyOf(buffer, end));
    }

    private void drop() {
        buffer = Arrays.copyOfRange(buffer, start, buffer.length);
        base += start;
        start = 0;
    }

    /** The end of the row that begins there, its line end included; the same place at the end of the blob. */
    private int rowEnd(int from) {
        boolean quoted = false;
        int at = from;
        do {
            byte[] bytes = buffer;
            for (; at < bytes.length; at++) {
                byte next = bytes[at];
                if (next == '"') {
                    quoted = !quoted;
                } else if (!quoted && next == '\n') {
                    return at + 1;
                } else if (!quoted && next == '\r') {
                    boolean pair = (at + 1 < bytes.length || fill()) && buffer[at + 1] == '\n';
                    return at + (pair ? 2 : 1);
                }
            }
        } while (fill());
        return buffer.length;
    }

    /** Reads on; returns whether there was more. */
    private boolean fill() {
        long from = base + buffer.length;
        int length = (int) Math.min(CHUNK, size - from);
        if (length <= 0) {
            return false;
        }
        byte[] chunk = blobs.read(path, from, length);
        if (chunk.length < length) {
            throw new RemoteException.Unavailable("Blob store, reading %s: it ends at byte %d instead of %d"
                    .formatted(path, from + chunk.length, size));
        }
        int filled = buffer.length;
        buffer = Arrays.copyOf(buffer, filled + length);
        System.arraycopy(chunk, 0, buffer, filled, length);
        return true;
    }

    private static boolean isBlank(byte[] content, int at) {
        return content[at] == '\n' || content[at] == '\r';
    }

    /** The number of line ends. */
    static int lines(byte[] content) {
        return linesUntil(content, Integer.MAX_VALUE);
    }

    /** The number of line ends before a row, counted from 0. */
    static int linesUntil(byte[] content, int row) {
        int lines = 0;
        int rows = 0;
        boolean quoted = false;
        boolean atStart = true;
        for (int at = 0; at < content.length; at++) {
            boolean lineEnd = content[at] == '\n' || content[at] == '\r';
            if (atStart && !lineEnd && rows++ == row) {
                return lines;
            }
            boolean inPair = content[at] == '\r' && at + 1 < content.length && content[at + 1] == '\n';
            lines += lineEnd && !inPair ? 1 : 0;
            quoted = (content[at] == '"') != quoted;
            atStart = lineEnd && !quoted;
        }
        return lines;
    }
}
