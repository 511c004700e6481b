package dev.bes.sandbox.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Writes a block blob a block at a time and hashes it on the way; an output that is not committed leaves nothing. */
public final class BlockOutput extends OutputStream {

    private final BlockBlobClient blob;
    private final byte[] block;
    private final MessageDigest digest = sha256();
    private final List<String> staged = new ArrayList<>();
    private int filled;

    BlockOutput(BlockBlobClient blob, int blockBytes) {
        this.blob = blob;
        this.block = new byte[blockBytes];
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        for (int done = 0; done < length; ) {
            if (filled == block.length) {
                stage();
            }
            int part = Math.min(length - done, block.length - filled);
            System.arraycopy(bytes, offset + done, block, filled, part);
            filled += part;
            done += part;
        }
    }

    /**
     * Makes the blob visible.
     *
     * @param overwrite whether it may take the place of one of the same name
     * @return the SHA-256 of its bytes in hex
     * @throws com.azure.storage.blob.models.BlobStorageException when the store refuses, with 409 when the place is taken
     */
    public String commit(boolean overwrite) {
        if (staged.isEmpty()) {
            blob.upload(rest(), overwrite);
        } else {
            stage();
            blob.commitBlockList(staged, overwrite);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void stage() {
        String id = Base64.getEncoder()
                .encodeToString("%08d".formatted(staged.size()).getBytes(US_ASCII));
        blob.stageBlock(id, rest());
        staged.add(id);
        filled = 0;
    }

    private BinaryData rest() {
        return BinaryData.fromBytes(Arrays.copyOf(block, filled));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
