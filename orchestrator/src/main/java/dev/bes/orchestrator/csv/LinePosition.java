package dev.bes.orchestrator.csv;

/** Where in a text that comes in blocks a byte stands, for people: its line, and its character in the line, both from 1. */
final class LinePosition {
    private long line = 1;
    private long lineStart;
    private long charactersBefore;

    /** The number of the line, from 1. */
    long line() {
        return line;
    }

    /** The text itself begins at this offset in the file, behind a byte order mark. */
    void begin(long offset) {
        lineStart = offset;
    }

    /**
     * A line has ended.
     *
     * @param next offset of the byte behind its end
     * @param second whether that is the second byte of an end that was told of already
     */
    void lineEnded(long next, boolean second) {
        if (!second) {
            line++;
        }
        lineStart = next;
    }

    /** There is no more in this block, which began at an offset in the file. */
    void blockEnded(byte[] block, long offset) {
        charactersBefore = charactersUpTo(block, offset, block.length);
    }

    /**
     * The character that a byte belongs to.
     *
     * @param offset where in the file the block begins
     * @param at position of the byte in the block
     * @param open whether the character began before
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
