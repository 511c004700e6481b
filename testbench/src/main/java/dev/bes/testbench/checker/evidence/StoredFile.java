package dev.bes.testbench.checker.evidence;

import java.io.IOException;
import java.io.InputStream;
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
 */
public record StoredFile(String path, String sha256) {

    /** The marker of a shared folder, written by the nodes. */
    private static final String MARKER = ".orchestrator-folder";

    /** The end of the name of a file that says why another one is in quarantine. */
    private static final String REASON = ".reason.txt";

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
                    .map(file ->
                            new StoredFile(file.toAbsolutePath().normalize().toString(), sha256(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
