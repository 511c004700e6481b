package dev.bes.orchestrator.pipeline;

/** A CSV file that is not fit for scoring or for delivery; the message says where and why. */
final class CsvFault extends Exception {
    private static final long serialVersionUID = 1L;

    CsvFault(String message) {
        super(message);
    }
}
