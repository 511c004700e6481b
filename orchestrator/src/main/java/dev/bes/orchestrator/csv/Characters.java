package dev.bes.orchestrator.csv;

/** Passes over the characters of a text that comes in blocks, and refuses those that belong in no text. */
final class Characters {
    private final Utf8 utf8 = new Utf8();
    private final LinePosition position;

    Characters(LinePosition position) {
        this.position = position;
    }

    /** Whether the last block ended in the middle of a character. */
    boolean isOpen() {
        return utf8.isOpen();
    }

    /**
     * Passes over one character of ASCII, or over all of several bytes that follow each other.
     *
     * @param offset where in the file the block begins
     * @return the position behind them
     * @throws InvalidCsvException if they are not UTF-8, or control characters other than tab and line ends
     */
    int behind(byte[] block, long offset, int from) throws InvalidCsvException {
        if (block[from] < 0 || utf8.isOpen()) {
            return behindSeveral(block, offset, from);
        }
        refuseControl(block, offset, from);
        return from + 1;
    }

    /**
     * A character of ASCII.
     *
     * @throws InvalidCsvException if it is a control character other than tab and line ends
     */
    void refuseControl(byte[] block, long offset, int at) throws InvalidCsvException {
        if (block[at] >= 0 && !CodePoints.isText(block[at])) {
            throw outOfPlace(block[at], position.column(block, offset, at, false));
        }
    }

    /**
     * There is no more to come.
     *
     * @throws InvalidCsvException if it ended in the middle of a character
     */
    void end(long offset) throws InvalidCsvException {
        if (utf8.isOpen()) {
            throw notUtf8(position.column(new byte[0], offset, 0, true));
        }
    }

    private int behindSeveral(byte[] block, long offset, int from) throws InvalidCsvException {
        int at = from;
        while (at < block.length && (block[at] < 0 || utf8.isOpen())) {
            boolean open = utf8.isOpen();
            int length = open ? 0 : ofMost(block, at);
            if (length > 0) {
                at += length;
                continue;
            }
            if (!utf8.accepts(block[at])) {
                throw notUtf8(position.column(block, offset, at, open));
            }
            if (!utf8.isOpen() && !CodePoints.isText(utf8.codePoint())) {
                throw outOfPlace(utf8.codePoint(), position.column(block, offset, at, open));
            }
            at++;
        }
        return at;
    }

    /** How many bytes a character of most alphabets and scripts has that is whole and no control; 0 where it takes a closer look. */
    private static int ofMost(byte[] block, int at) {
        int first = Byte.toUnsignedInt(block[at]);
        if (first > 0xC2 && first < 0xE0) {
            return at + 1 < block.length && goesOn(block[at + 1]) ? 2 : 0;
        }
        boolean three = first > 0xE0 && first < 0xED && at + 2 < block.length;
        return three && goesOn(block[at + 1]) && goesOn(block[at + 2]) ? 3 : 0;
    }

    private static boolean goesOn(byte next) {
        return (next & 0xC0) == 0x80;
    }

    private InvalidCsvException notUtf8(long column) {
        return new InvalidCsvException("line %d is not UTF-8 (column %d); save the file as UTF-8 and try again"
                .formatted(position.line(), column));
    }

    private InvalidCsvException outOfPlace(int codePoint, long column) {
        return new InvalidCsvException(
                "line %d, column %d holds %s".formatted(position.line(), column, CodePoints.outOfPlace(codePoint)));
    }
}
