package dev.bes.sandbox.dataset;

/** A dataset that breaks the rules of its format. The message says where and why. */
public final class InvalidDataset extends RuntimeException {

    private static final String EMPTY = "the file is empty";

    /** A dataset with this mistake. */
    public InvalidDataset(String message) {
        super(message);
    }

    /** A file without a header. */
    static InvalidDataset empty() {
        return new InvalidDataset(EMPTY);
    }

    /** Whether the file has no header. */
    public boolean isEmptyFile() {
        return EMPTY.equals(getMessage());
    }

    /** A dataset with this mistake in a line; the first line is 1. */
    public static InvalidDataset at(long line, String mistake) {
        return new InvalidDataset("line " + line + ": " + mistake);
    }
}
