package dev.bes.orchestrator.remote.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;

class DatatypeTests {
    private static final List<String> WHOLE = List.of(
            "0",
            "-0",
            "+7",
            "007",
            "127",
            "128",
            "-128",
            "-129",
            "255",
            "256",
            "-1",
            "32767",
            "32768",
            "65535",
            "65536",
            "-32769",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967295",
            "4294967296",
            "999999999999999999",
            "-999999999999999999",
            "1000000000000000000",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "18446744073709551615",
            "18446744073709551616",
            "0".repeat(39) + "5");

    @ParameterizedTest
    @EnumSource(names = {"INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"})
    void takesTheWholeNumbersThatFitAndWritesTheirValue(Datatype type) {
        int bits = Integer.parseInt(type.name().replaceAll("\\D", ""));
        boolean signed = !type.name().startsWith("U");
        BigInteger least = signed ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
        BigInteger most = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        for (String cell : WHOLE) {
            BigInteger value = new BigInteger(cell);
            boolean fits = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;

            assertThat(type.fault(cell)).as(cell).isEqualTo(fits ? null : "'%s' is no %s".formatted(cell, type));
            assertThat(written(type, cell)).as(cell).isEqualTo(value.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INT32", "UINT64"})
    void takesNothingElseForAWholeNumber(Datatype type) {
        for (String cell : List.of("-", "+", "--1", "1.0", "1e3", " 1", "1 ", "0x1", "\u0661", "1_000")) {
            assertThat(type.fault(cell)).as(cell).isEqualTo("'%s' is no %s".formatted(cell, type));
        }
        assertThat(type.fault("1".repeat(41))).endsWith("…' is no " + type);
        assertThat(type.fault("")).isEqualTo("is empty");
    }

    private static String written(Datatype type, String cell) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = InferenceClient.JSON.createGenerator(json)) {
            type.write(cell, generator);
        }
        return json.toString(StandardCharsets.UTF_8);
    }
}
