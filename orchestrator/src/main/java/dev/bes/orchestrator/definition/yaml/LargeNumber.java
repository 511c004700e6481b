package dev.bes.orchestrator.definition.yaml;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers too large to reckon with: where one is wanted it is out of range; where text is, it only lacks its quotes. */
final class LargeNumber {

    private static final double LARGEST = 1e15;
    private static final BigInteger BEYOND = BigInteger.TEN.pow(300);

    private LargeNumber() {}

    /** The number, or what stands for one that is too large. */
    static JsonNode node(double number) {
        return Math.abs(number) <= LARGEST
                ? JsonNodeFactory.instance.numberNode(number)
                : JsonNodeFactory.instance.numberNode(number < 0 ? BEYOND.negate() : BEYOND);
    }

    /** Whether the node stands for a number that is too large. */
    static boolean is(JsonNode node) {
        return node.isBigInteger() && node.bigIntegerValue().abs().equals(BEYOND);
    }
}
