package dev.bes.benchmarks.environment;

/** The benchmark cannot continue, or an engine lost work; the message tells the user why. */
public final class BenchmarkFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with a message for the person who started the benchmark. */
    public BenchmarkFailure(String message) {
        super(message);
    }

    /** A failure with what caused it. */
    public BenchmarkFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
