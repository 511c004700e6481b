package dev.bes.cli.run;

import dev.bes.cli.session.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.LongConsumer;

/** A file that is written beside its place, checked, and then put there in one step. Closed before, it leaves nothing. */
final class VerifiedFile implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Path target;
    private final String sha256;
    private final long size;
    private final Path temporary;

    /**
     * A file of this content, of which nothing is written yet.
     *
     * @param sha256 hash that the content must have, in hex
     * @param size bytes that the content must have
     */
    VerifiedFile(Path target, String sha256, long size) {
        this.target = target;
        this.sha256 = sha256;
        this.size = size;
        this.temporary = target.resolveSibling(".bes-" + UUID.randomUUID() + ".part");
    }

    /**
     * Writes the content.
     *
     * @param progress is told how many bytes there are so far
     * @return the number of bytes
     * @throws CommandFailedException if the content is not what it should be
     */
    long write(InputStream content, LongConsumer progress) throws IOException {
        MessageDigest digest = sha256();
        long bytes = 0;
        try (OutputStream out =
                Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = content.read(chunk); read >= 0 && bytes <= size; read = content.read(chunk)) {
                out.write(chunk, 0, read);
                digest.update(chunk, 0, read);
                bytes += read;
                progress.accept(bytes);
            }
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (bytes != size || !found.equals(sha256)) {
            throw CommandFailedException.failed(
                    "%s was not written: what came is not what the service delivered (%d bytes, SHA-256 %s); try again"
                            .formatted(target, bytes, found));
        }
        return bytes;
    }

    /** Puts the file in its place. */
    void keep(boolean replace) throws IOException {
        try {
            if (replace) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(temporary, target);
            }
        } catch (FileAlreadyExistsException e) {
            throw CommandFailedException.failed("%s exists by now: add --force to replace it".formatted(target));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }
}
