package dev.bes.orchestrator.csv;

/** Checks the characters of a text that arrives in blocks: valid UTF-8 without control characters. */
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
     * Checks one ASCII character, or a sequence of multi-byte characters.
     *
     * @param offset offset of the block in the file
     * @return the index after them
     * @throws InvalidCsvException if they are not UTF-8, or control characters other than tab and line ends
     */
    int after(byte[] block, long offset, int from) throws InvalidCsvException {
        if (block[from] < 0 || utf8.isOpen()) {
            return afterMultiByte(block, offset, from);
        }
        refuseControl(block, offset, from);
        return from + 1;
    }

    /**
     * Refuses an ASCII control character.
     *
     * @throws InvalidCsvException if it is a control character other than tab and line ends
     */
    void refuseControl(byte[] block, long offset, int at) throws InvalidCsvException {
        if (block[at] >= 0 && !CodePoints.isText(block[at])) {
            throw forbidden(block[at], position.column(block, offset, at, false));
        }
    }

    /**
     * Ends the text.
     *
     * @throws InvalidCsvException if it ended in the middle of a character
     */
    void end(long offset) throws InvalidCsvException {
        if (utf8.isOpen()) {
            throw notUtf8(position.column(new byte[0], offset, 0, true));
        }
    }

    private int afterMultiByte(byte[] block, long offset, int from) throws InvalidCsvException {
        int at = from;
        while (at < block.length && (block[at] < 0 || utf8.isOpen())) {
            boolean open = utf8.isOpen();
            int length = open ? 0 : lengthIfSimple(block, at);
            if (length > 0) {
                at += length;
                continue;
            }
            if (!utf8.accepts(block[at])) {
                throw notUtf8(position.column(block, offset, at, open));
            }
            if (!utf8.isOpen() && !CodePoints.isText(utf8.codePoint())) {
                throw forbidden(utf8.codePoint(), position.column(block, offset, at, open));
            }
            at++;
        }
        return at;
    }

    /** Fast path: the length of a complete two- or three-byte character that needs no further check; 0 otherwise. */
    private static int lengthIfSimple(byte[] block, int at) {
        int first = Byte.toUnsignedInt(block[at]);
        if (first > 0xC2 && first < 0xE0) {
            return at + 1 < block.length && isContinuation(block[at + 1]) ? 2 : 0;
        }
        boolean three = first > 0xE0 && first < 0xED && at + 2 < block.length;
        return three && isContinuation(block[at + 1]) && isContinuation(block[at + 2]) ? 3 : 0;
    }

    private static boolean isContinuation(byte next) {
        return (next & 0xC0) == 0x80;
    }

    private InvalidCsvException notUtf8(long column) {
        return new InvalidCsvException("line %d is not UTF-8 (column %d); save the file as UTF-8 and try again"
                .formatted(position.line(), column));
    }

    private InvalidCsvException forbidden(int codePoint, long column) {
        return new InvalidCsvException("line %d, column %d holds %s"
                .formatted(position.line(), column, CodePoints.describeForbidden(codePoint)));
    }
}
