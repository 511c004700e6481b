package dev.bes.testbench.checker.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file or a blob with its hash.
 *
 * @param path the absolute path of a file, or container and name of a blob
 * @param sha256 hash of its bytes, in hex
 * @param content its text
 */
public record StoredFile(String path, String sha256, String content) {

    /** The marker of a shared folder, written by the nodes. */
    private static final String MARKER = ".orchestrator-folder";

    /** The end of the name of a file that says why another one is in quarantine. */
    private static final String REASON = ".reason.txt";

    /** A file whose text does not matter. */
    public StoredFile(String path, String sha256) {
        this(path, sha256, "");
    }

    static StoredFile of(String path, byte[] content) {
        return new StoredFile(path, DigestUtils.sha256Hex(content), new String(content, UTF_8));
    }

    /**
     * All files below a folder, without hidden markers and without the reasons beside files in quarantine; none if there is no such
     * folder.
     *
     * @throws UncheckedIOException when one can't be read
     */
    public static List<StoredFile> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.endsWith(MARKER) && !file.toString().endsWith(REASON))
                    .map(file -> of(file.toAbsolutePath().normalize().toString(), bytes(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
