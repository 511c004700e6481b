package dev.bes.orchestrator.csv;

/** A CSV file is invalid. The message says where and why. */
public final class InvalidCsvException extends Exception {
    /** The end of a message about values with spaces between them, as scoring scripts return them. */
    public static final String DATA_FRAME =
            "; its values are separated by spaces, as those of a data frame: let the scoring script return lines of CSV";

    private static final long serialVersionUID = 1L;

    /** The message describes the fault to the user of the file. */
    public InvalidCsvException(String message) {
        super(message);
    }
}
