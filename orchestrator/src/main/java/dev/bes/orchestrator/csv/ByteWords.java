package dev.bes.orchestrator.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Scans bytes eight at a time (SWAR). */
final class ByteWords {
    /** A comma in each of eight bytes. */
    static final long COMMA = each(',');
    /** A quote in each of eight bytes. */
    static final long QUOTE = each('"');

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = each(0x01);
    private static final long TOP = each(0x80);
    private static final long TAB = each('\t');
    private static final long BLANK = each(' ');
    private static final long BELOW_BLANK = each(0x80 - ' ');
    private static final long REST = ~TOP;

    private ByteWords() {}

    /**
     * Finds the first byte that is a separator, a control character other than tab, or part of a multi-byte character.
     *
     * @return its index; without one, the index of the last bytes that do not fill a word and are not scanned
     */
    static int next(byte[] bytes, int from, long separator) {
        int at = from;
        for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            long word = (long) WORD.get(bytes, at);
            long found = stops(word, separator);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        return at;
    }

    /**
     * Counts the commas in eight bytes of unquoted fields.
     *
     * @return the count; negative if there is a quote, a control character or part of a multi-byte character
     */
    static int commas(byte[] bytes, int at) {
        long word = (long) WORD.get(bytes, at);
        if (stops(word, QUOTE) != 0) {
            return -1;
        }
        return Long.BYTES - Long.bitCount(((word ^ COMMA) + REST) & TOP);
    }

    /** Sets the top bit of each byte to stop at. Only the lowest bit set is exact; higher ones may come from a borrow or carry. */
    private static long stops(long word, long separator) {
        long separators = (word ^ separator) - ONE;
        // DEL and all larger values set the top bit
        long above = (word + ONE) | word;
        long found = (separators | (word - BLANK) | above) & TOP;
        if (found != 0 && (byte) (word >>> (Long.numberOfTrailingZeros(found) & -Byte.SIZE)) == '\t') {
            return (separators | controls(word) | above) & TOP;
        }
        return found;
    }

    /** Does the same for control characters other than tab, for the few words in which a tab comes first. */
    private static long controls(long word) {
        long noTab = word ^ TAB;
        return (noTab + REST) & ~(noTab + BELOW_BLANK);
    }

    private static long each(int value) {
        return value * 0x0101_0101_0101_0101L;
    }
}
