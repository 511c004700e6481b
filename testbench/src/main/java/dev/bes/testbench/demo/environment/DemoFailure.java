package dev.bes.testbench.demo.environment;

/** The demo cannot continue; the message says why. */
public final class DemoFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for the user. */
    public DemoFailure(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
