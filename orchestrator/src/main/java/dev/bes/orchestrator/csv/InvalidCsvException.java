package dev.bes.orchestrator.csv;

/** A CSV file is invalid. The message says where and why. */
public final class InvalidCsvException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The message describes the fault to the user of the file. */
    public InvalidCsvException(String message) {
        super(message);
    }
}
