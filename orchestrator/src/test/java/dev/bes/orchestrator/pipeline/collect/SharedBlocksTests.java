package dev.bes.orchestrator.pipeline.collect;

import static dev.bes.orchestrator.pipeline.collect.SharedBlocks.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.remote.RemoteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedBlocksTests {
    private static final int SIZE = BLOCK * 5 / 2;

    private final byte[] content = new byte[SIZE];
    private final InMemoryBlobs blobs = new InMemoryBlobs();
    private final SharedBlocks shared = new SharedBlocks(blobs);

    SharedBlocksTests() {
        new Random(1).nextBytes(content);
        blobs.blobs.put("a", content);
    }

    private byte[] copied(String blob, long from, long length) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        shared.copy(blob, from, length, target);
        return target.toByteArray();
    }

    private byte[] expected(int from, int length) {
        return Arrays.copyOfRange(content, from, from + length);
    }

    @Test
    void areReadOnceForAllPartsInThem() throws IOException {
        assertThat(copied("a", 10, 1000)).isEqualTo(expected(10, 1000));
        assertThat(copied("a", 1010, 500)).isEqualTo(expected(1010, 500));
        assertThat(copied("a", BLOCK - 1, 1)).isEqualTo(expected(BLOCK - 1, 1));

        assertThat(blobs.reads).containsExactly("a 0");
    }

    @Test
    void areReadForAPartThatLiesInTwoOfThem() throws IOException {
        assertThat(copied("a", BLOCK - 10, 20)).isEqualTo(expected(BLOCK - 10, 20));

        assertThat(blobs.reads).containsExactly("a 0", "a " + BLOCK);
    }

    @Test
    void endWithTheBlob() throws IOException {
        assertThat(copied("a", SIZE - 10, 10)).isEqualTo(expected(SIZE - 10, 10));
        assertThatThrownBy(() -> copied("a", SIZE - 10, 11))
                .isInstanceOf(RemoteException.Unavailable.class)
                .hasMessage("Blob store, reading a: it ends before byte %d".formatted(SIZE + 1));
    }

    @Test
    void areNotUsedForALargePart() throws IOException {
        assertThat(copied("a", 100, BLOCK * 2L)).isEqualTo(expected(100, BLOCK * 2));

        assertThat(blobs.reads).containsExactly("a 100");
    }

    @Test
    void areReadAgainAfterAFailure() throws IOException {
        blobs.trouble = new RemoteException.Unavailable("away");
        assertThatThrownBy(() -> copied("a", 0, 10)).hasMessage("away");
        blobs.trouble = null;

        assertThat(copied("a", 0, 10)).isEqualTo(expected(0, 10));
    }

    @Test
    void areKeptForAWhile() throws IOException {
        for (int i = 0; i < 20; i++) {
            blobs.with("b" + i, "content " + i);
            assertThat(copied("b" + i, 8, 1)).asString().isEqualTo(("" + i).substring(0, 1));
        }
        copied("b19", 0, 4);
        copied("b0", 0, 4);

        assertThat(blobs.reads).hasSize(21).endsWith("b19 0", "b0 0");
    }
}
