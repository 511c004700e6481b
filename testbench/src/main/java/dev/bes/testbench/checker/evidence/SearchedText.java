package dev.bes.testbench.checker.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Something in which no secret may appear: a log, a page, a table.
 *
 * @param where what it is, in words
 */
public record SearchedText(String where, String content) {

    /**
     * The content of a file, whatever its bytes.
     *
     * @throws UncheckedIOException when it can't be read
     */
    public static SearchedText of(Path file) {
        try {
            return new SearchedText(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
