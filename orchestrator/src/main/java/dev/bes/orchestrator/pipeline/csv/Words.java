package dev.bes.orchestrator.pipeline.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks through bytes eight at a time. */
final class Words {
    /** A comma in each of eight bytes. */
    static final long COMMA = each(',');
    /** A quote in each of eight bytes. */
    static final long QUOTE = each('"');

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONE = each(0x01);
    private static final long TOP = each(0x80);
    private static final long LINE_ENDS = each('\r' + 1);
    private static final long REST = ~TOP;

    private Words() {}

    /**
     * Passes over bytes that stand for themselves: neither the separator, nor a control character that may end a line, nor a
     * part of a character of several bytes.
     *
     * @return the position of the first that does not, or of the last few bytes, which are not looked at
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
     * Counts the commas of eight bytes that are nothing but fields without quotes.
     *
     * @return how many, or a negative number if there is a quote, a control character or a part of a character of several bytes
     */
    static int commas(byte[] bytes, int at) {
        long word = (long) WORD.get(bytes, at);
        if (stops(word, QUOTE) != 0) {
            return -1;
        }
        return Long.BYTES - Long.bitCount(((word ^ COMMA) + REST) & TOP);
    }

    /** The top bit of each byte to stop at: the lowest that is set is right, those above it may come from a borrow. */
    private static long stops(long word, long separator) {
        long other = word ^ separator;
        return (((other - ONE) & ~other) | ((word - LINE_ENDS) & ~word) | word) & TOP;
    }

    private static long each(int value) {
        return value * 0x0101_0101_0101_0101L;
    }
}
