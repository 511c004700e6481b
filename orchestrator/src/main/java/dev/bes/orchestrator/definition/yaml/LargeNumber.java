package dev.bes.orchestrator.definition.yaml;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Replaces very large numbers by one that is out of every range, so that validation does not calculate with them. */
final class LargeNumber {

    private static final double MAX_EXACT = 1e15;
    private static final BigInteger OUT_OF_RANGE = BigInteger.TEN.pow(300);

    private LargeNumber() {}

    /** The number, or the replacement of one that is too large. */
    static JsonNode node(double number) {
        return Math.abs(number) <= MAX_EXACT
                ? JsonNodeFactory.instance.numberNode(number)
                : JsonNodeFactory.instance.numberNode(number < 0 ? OUT_OF_RANGE.negate() : OUT_OF_RANGE);
    }

    /** Whether the node replaces a number that is too large. */
    static boolean is(JsonNode node) {
        return node.isBigInteger() && node.bigIntegerValue().abs().equals(OUT_OF_RANGE);
    }
}
