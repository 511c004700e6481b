package dev.bes.sandbox.onnx.encoding;

import org.jspecify.annotations.Nullable;

/**
 * What is done with a value that is missing, or that is none of the listed ones.
 *
 * @param policy what is done
 * @param constant the value that takes its place; null unless the policy is CONSTANT
 */
public record Substitute(Policy policy, @Nullable String constant) {

    /** Refuses the data. */
    public static final Substitute REJECT = new Substitute(Policy.REJECT, null);

    /** Scores the row with zeros for all listed values. */
    public static final Substitute ZEROS = new Substitute(Policy.ZEROS, null);

    /** What can be done. */
    public enum Policy {
        REJECT,
        ZEROS,
        CONSTANT
    }

    /** Scores the row with this value. */
    public static Substitute constant(String value) {
        return new Substitute(Policy.CONSTANT, value);
    }
}
