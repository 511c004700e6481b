package dev.bes.orchestrator.csv;

/** A CSV file that is not fit for scoring or for delivery; the message says where and why. */
public final class InvalidCsvException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault of a file, in words that its user can act on. */
    public InvalidCsvException(String message) {
        super(message);
    }
}
