package dev.bes.testbench.chaos;

/** The harness itself cannot go on; the message says why, for the person who started it. */
final class ChaosFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChaosFailure(String message) {
        super(message);
    }

    ChaosFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
