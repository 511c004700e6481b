package dev.bes.orchestrator.pipeline.collect;

import java.util.Arrays;

/** The bytes of one CSV row, and where its fields are. Bytes are added until the row has ended. */
final class RowFields {
    /** No row of a table is longer. */
    static final int LONGEST = 16 * 1024 * 1024;

    private byte[] row = new byte[4096];
    private int length;
    private int[] ends = new int[64];
    private int fields;
    private boolean quoted;

    /**
     * Adds a byte.
     *
     * @return whether the row has ended with it
     */
    boolean add(byte next) {
        if (length == row.length) {
            row = Arrays.copyOf(row, row.length * 2);
        }
        row[length++] = next;
        if (next == '"') {
            quoted = !quoted;
        } else if (!quoted && next == ',') {
            endField(length - 1);
        } else if (!quoted && next == '\n') {
            endField(lineEnd());
            return true;
        }
        return false;
    }

    private void endField(int at) {
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, fields * 2);
        }
        ends[fields++] = at;
    }

    /** Where the line break begins. */
    private int lineEnd() {
        return length > 1 && row[length - 2] == '\r' ? length - 2 : length - 1;
    }

    /** Begins another row. */
    void clear() {
        length = 0;
        fields = 0;
        quoted = false;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean isBlankLine() {
        return fields == 1 && ends[0] == 0;
    }

    boolean isTooLong() {
        return length > LONGEST;
    }

    int count() {
        return fields;
    }

    private int from(int field) {
        return field == 0 ? 0 : ends[field - 1] + 1;
    }

    /** Whether a field has exactly these bytes. */
    boolean is(int field, byte[] bytes) {
        return Arrays.equals(row, from(field), ends[field], bytes, 0, bytes.length);
    }

    /** The bytes of a field, with its quotes. */
    byte[] field(int field) {
        return Arrays.copyOfRange(row, from(field), ends[field]);
    }

    /** A number of digits alone; -1 if the field is none. */
    long number(int field) {
        int from = from(field);
        int to = ends[field];
        if (to - from > 2 && row[from] == '"' && row[to - 1] == '"') {
            from++;
            to--;
        }
        if (from == to || to - from > 18) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (row[i] < '0' || row[i] > '9') {
                return -1;
            }
            number = number * 10 + (row[i] - '0');
        }
        return number;
    }

    /** The row without two of its fields, with its line break; a negative index stands for no field. */
    byte[] without(int one, int other) {
        byte[] kept = new byte[length];
        int at = 0;
        for (int field = 0; field < fields; field++) {
            if (field != one && field != other) {
                if (at > 0 || field > firstKept(one, other)) {
                    kept[at++] = ',';
                }
                int size = ends[field] - from(field);
                System.arraycopy(row, from(field), kept, at, size);
                at += size;
            }
        }
        int end = ends[fields - 1];
        System.arraycopy(row, end, kept, at, length - end);
        return Arrays.copyOf(kept, at + length - end);
    }

    private static int firstKept(int one, int other) {
        int first = 0;
        while (first == one || first == other) {
            first++;
        }
        return first;
    }
}
