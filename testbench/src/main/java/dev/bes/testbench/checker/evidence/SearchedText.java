package dev.bes.testbench.checker.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text in which no secret may appear: a log, a page, a table.
 *
 * @param where its name in messages
 */
public record SearchedText(String where, String content) {

    /**
     * The content of a file, read as ISO 8859-1: every byte is valid.
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
