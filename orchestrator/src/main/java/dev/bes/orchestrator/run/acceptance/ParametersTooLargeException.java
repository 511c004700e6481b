package dev.bes.orchestrator.run.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The parameters of a run, or of one of its scorings, exceed the limit for all of them together. */
public final class ParametersTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How many bytes the names and values of all parameters may have together, in UTF-8. */
    public static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_RESOLVED_BYTES = 2 * MOST_BYTES;

    private ParametersTooLargeException(String message) {
        super(message);
    }

    /**
     * Checks the size of what a trigger brings, names and values together.
     *
     * @throws ParametersTooLargeException if it is larger than it may be
     */
    public static void check(Map<String, String> parameters) {
        long bytes = bytes(parameters);
        if (bytes > MOST_BYTES) {
            throw new ParametersTooLargeException(
                    "The parameters have %,d bytes in all, names included; at most %,d are taken. What is larger belongs into an input"
                            .formatted(bytes, MOST_BYTES));
        }
    }

    /**
     * Checks the size of the parameters of a scoring, which templates can make larger than what a trigger brings.
     *
     * @return it, in bytes
     * @throws ParametersTooLargeException if it is larger than it may be
     */
    static long checkResolved(Map<String, String> parameters) {
        long bytes = bytes(parameters);
        if (bytes > MOST_RESOLVED_BYTES) {
            throw new ParametersTooLargeException(
                    "The parameters of a scoring have %,d bytes in all when the templates are filled in; at most %,d are sent"
                            .formatted(bytes, MOST_RESOLVED_BYTES));
        }
        return bytes;
    }

    private static long bytes(Map<String, String> parameters) {
        long bytes = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            bytes += bytes(parameter.getKey()) + bytes(parameter.getValue());
        }
        return bytes;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
