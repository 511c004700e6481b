package dev.bes.testbench.chaos.environment;

/** The chaos test cannot continue; the message says why. */
final class ChaosFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChaosFailure(String message) {
        super(message);
    }

    ChaosFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
