package dev.bes.orchestrator.run;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The parameters of a run or of one of its scorings are larger than they may be in all. */
public final class ParametersTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How many bytes the names and values of all parameters may have together, in UTF-8. */
    public static final int MOST_BYTES = 64 * 1024;

    private ParametersTooLargeException(long bytes) {
        super(
                "The parameters have %,d bytes in all, names included; at most %,d are taken. What is larger belongs into an input"
                        .formatted(bytes, MOST_BYTES));
    }

    /**
     * Checks the size of parameters, names and values together.
     *
     * @return their size in bytes
     * @throws ParametersTooLargeException if they are larger than they may be
     */
    public static long check(Map<String, String> parameters) {
        long bytes = 0;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            bytes += bytes(parameter.getKey()) + bytes(parameter.getValue());
        }
        if (bytes > MOST_BYTES) {
            throw new ParametersTooLargeException(bytes);
        }
        return bytes;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
