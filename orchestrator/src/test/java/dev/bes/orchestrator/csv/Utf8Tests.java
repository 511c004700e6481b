package dev.bes.orchestrator.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Tests {

    private static boolean isUtf8(byte[] bytes) {
        Utf8 utf8 = new Utf8();
        for (byte next : bytes) {
            if (!utf8.accepts(next)) {
                return false;
            }
        }
        return !utf8.isOpen();
    }

    private static boolean isUtf8ForJava(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void isTheSameForJava(byte... bytes) {
        assertThat(isUtf8(bytes)).as(HexFormat.of().formatHex(bytes)).isEqualTo(isUtf8ForJava(bytes));
    }

    @Test
    void acceptsExactlyTheSequencesThatJavaAccepts() {
        for (int first = 0; first < 256; first++) {
            isTheSameForJava((byte) first);
            for (int second = 0; second < 256; second++) {
                isTheSameForJava((byte) first, (byte) second);
                isTheSameForJava((byte) first, (byte) second, (byte) 0x80);
                isTheSameForJava((byte) first, (byte) second, (byte) 0x80, (byte) 0xBF);
                isTheSameForJava((byte) first, (byte) second, (byte) 0xBF, (byte) 0x41);
            }
        }
    }

    @Test
    void judgesRandomBytesAsJavaDoes() {
        Random random = new Random(9);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            random.nextBytes(bytes);
            isTheSameForJava(bytes);
        }
    }
}
