package dev.bes.sandbox.dataset;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/**
 * A CSV file in which no line feed alone stands behind a closing quote: the reader of FastCSV (4.1.0 to 4.2.0) takes it for the second
 * half of a line end that began between the quotes, and loses the row, or adds the next one to it.
 */
final class LineEndStream extends FilterInputStream {
    private static final int BOM = 3;

    /** Where the next byte is. */
    private enum Place {
        START,
        PLAIN,
        QUOTED,
        CLOSED
    }

    private final char separator;
    private Place place = Place.START;
    private boolean owesLineFeed;
    private int taken;

    /** The file that a stream brings, which is read byte by byte. */
    LineEndStream(BufferedInputStream in, char separator) {
        super(in);
        this.separator = separator;
    }

    @Override
    public int read() throws IOException {
        if (owesLineFeed) {
            owesLineFeed = false;
            return '\n';
        }
        int next = in.read();
        owesLineFeed = next == '\n' && place == Place.CLOSED;
        place = after(next);
        return owesLineFeed ? '\r' : next;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        for (int at = 0; at < most; at++) {
            int next = read();
            if (next < 0) {
                return at == 0 ? -1 : at;
            }
            target[from + at] = (byte) next;
        }
        return most;
    }

    private Place after(int next) {
        boolean mark = taken < BOM && next > 0x7F;
        taken = Math.min(BOM, taken + 1);
        if (mark) {
            return Place.START;
        }
        return switch (place) {
            case START -> next == '"' ? Place.QUOTED : inField(next);
            case PLAIN -> inField(next);
            case QUOTED -> next == '"' ? Place.CLOSED : Place.QUOTED;
            case CLOSED -> next == '"' ? Place.QUOTED : inField(next);
        };
    }

    private Place inField(int next) {
        return next == separator || next == '\n' || next == '\r' ? Place.START : Place.PLAIN;
    }
}
