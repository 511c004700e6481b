package dev.bes.orchestrator.csv;

/** Validates UTF-8 byte by byte. */
final class Utf8 {
    private int missing;
    private int min;
    private int max;
    private int codePoint;

    /** Takes the next byte; false if it is invalid at this position. */
    boolean accepts(byte next) {
        int value = Byte.toUnsignedInt(next);
        if (missing == 0) {
            codePoint = value;
            return value < 0x80 || begins(value);
        }
        codePoint = (codePoint << 6) | (value & 0x3F);
        boolean fits = value >= min && value <= max;
        missing--;
        follows(0x80, 0xBF);
        return fits;
    }

    /** The character that the last byte completed. */
    int codePoint() {
        return codePoint;
    }

    /** Whether it is in the middle of a character. */
    boolean isOpen() {
        return missing > 0;
    }

    private boolean begins(int value) {
        if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        codePoint = value & (0x3F >> missing);
        switch (value) {
            case 0xE0 -> follows(0xA0, 0xBF);
            case 0xED -> follows(0x80, 0x9F);
            case 0xF0 -> follows(0x90, 0xBF);
            case 0xF4 -> follows(0x80, 0x8F);
            default -> follows(0x80, 0xBF);
        }
        return true;
    }

    private void follows(int from, int to) {
        min = from;
        max = to;
    }
}
