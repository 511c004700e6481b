package dev.bes.orchestrator.csv;

/** Tracks the line and column, both from 1, in a text that arrives in blocks. */
final class LinePosition {
    private long line = 1;
    private long lineStart;
    private long charactersBefore;

    /** The number of the line, from 1. */
    long line() {
        return line;
    }

    /** Sets the offset in the file at which the text starts, after a byte order mark. */
    void begin(long offset) {
        lineStart = offset;
    }

    /**
     * Ends a line.
     *
     * @param next offset of the byte after its end
     * @param second whether it is the second byte of a line end that was reported before
     */
    void lineEnded(long next, boolean second) {
        if (!second) {
            line++;
        }
        lineStart = next;
    }

    /** Ends a block, which starts at an offset in the file. */
    void blockEnded(byte[] block, long offset) {
        charactersBefore = charactersUpTo(block, offset, block.length);
    }

    /**
     * The column of the character that a byte belongs to.
     *
     * @param offset offset of the block in the file
     * @param at index of the byte in the block
     * @param open whether the character started before this byte
     */
    long column(byte[] block, long offset, int at, boolean open) {
        return charactersUpTo(block, offset, at) + (open ? 0 : 1);
    }

    private long charactersUpTo(byte[] block, long offset, int end) {
        boolean beganBefore = lineStart < offset;
        long characters = beganBefore ? charactersBefore : 0;
        for (int at = beganBefore ? 0 : (int) (lineStart - offset); at < end; at++) {
            // all but the bytes that continue a character
            if ((block[at] & 0xC0) != 0x80) {
                characters++;
            }
        }
        return characters;
    }
}
