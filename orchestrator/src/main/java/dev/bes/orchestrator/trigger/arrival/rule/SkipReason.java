package dev.bes.orchestrator.trigger.arrival.rule;

import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.text.VisibleText;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes why an entry of a drop folder is not taken, and what to do. */
public final class SkipReason {
    private final List<String> patterns;
    private final String noMatch;

    /** For a drop folder, with the patterns of all definitions that name it. */
    public SkipReason(List<String> patterns) {
        this.patterns = patterns;
        this.noMatch = "no pattern matches its name: "
                + patterns.stream().map(p -> "'" + p + "'").distinct().collect(Collectors.joining(", "))
                + "; rename it, or change the pattern";
    }

    /** Why an entry is never taken, whatever the patterns are; null if it may be taken. */
    public static @Nullable String byType(Path file, BasicFileAttributes attributes) {
        if (!isText(file)) {
            return "its name is not UTF-8: rename it";
        }
        if (attributes.isSymbolicLink()) {
            return "it is a symbolic link, and links are not followed: put the file itself here";
        }
        if (attributes.isDirectory()) {
            return "it is a folder, and only files are taken: move its files here, add a definition for the folder, or set"
                    + " 'recursive: true'";
        }
        if (!attributes.isRegularFile()) {
            return "it is a named pipe, a socket or a device, and only plain files are taken";
        }
        return String.valueOf(file.getFileName()).startsWith(".")
                ? "its name starts with a dot, and hidden files are never taken: rename it"
                : null;
    }

    /** Why a plain file whose name matches is not taken; null if it is taken. */
    public static @Nullable String byAccess(Path file) throws IOException {
        if (FileKind.names(file) > 1) {
            return "it has a second name (hard link) elsewhere and may belong to another user: put a copy here";
        }
        return Files.isReadable(file)
                ? null
                : "user '" + System.getProperty("user.name")
                        + "' may not read it: give that user read permission; then it is taken";
    }

    /** A name that is not text can't be stored in the database. */
    private static boolean isText(Path file) {
        try {
            return Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Why a name matches none of the patterns: how it differs from a name that would match. */
    public String byName(String name) {
        return patterns.stream()
                .map(pattern -> difference(name, pattern))
                .filter(difference -> difference != null)
                .findFirst()
                .orElse(noMatch);
    }

    private static @Nullable String difference(String name, String pattern) {
        if (!matches(fold(pattern), fold(name))) {
            return null;
        }
        List<String> differences = new ArrayList<>();
        String seen = seen(name);
        if (!seen.equals(name)) {
            differences.add("its name contains invisible characters, " + hidden(name) + ": rename it");
        }
        String trimmed = seen.strip();
        if (!trimmed.equals(seen)) {
            boolean begins = !trimmed.isEmpty() && !seen.startsWith(trimmed.substring(0, 1));
            differences.add("its name " + (begins ? "starts" : "ends") + " with a blank: rename it");
        }
        String composed = Normalizer.normalize(trimmed, Normalizer.Form.NFC);
        boolean otherwiseComposed = !matches(pattern, trimmed)
                && (!composed.equals(trimmed) || !Normalizer.isNormalized(pattern, Normalizer.Form.NFC));
        if (otherwiseComposed) {
            differences.add("its name and the pattern '" + pattern
                    + "' look alike, but one writes accented letters as one character and the other as two (Unicode NFC and"
                    + " NFD): rename it, or change the pattern");
        }
        if (!matches(Normalizer.normalize(pattern, Normalizer.Form.NFC), composed)) {
            differences.add("its name differs from the pattern '" + pattern
                    + "' in upper and lower case only: rename it, or change the pattern to '" + anyCase(pattern) + "'");
        }
        return differences.isEmpty() ? null : String.join("; ", differences);
    }

    private static String fold(String text) {
        return Normalizer.normalize(seen(text).strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static boolean matches(String pattern, String name) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String seen(String text) {
        return text.codePoints()
                .filter(c -> !VisibleText.isHidden(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String hidden(String name) {
        return name.codePoints()
                .filter(c -> seen(Character.toString(c)).isEmpty())
                .mapToObj(c -> String.format("U+%04X", c) + (c == '\r' ? " (carriage return)" : ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The pattern with each letter of its extension in both cases. */
    static String anyCase(String pattern) {
        if (pattern.matches(".*[\\[\\]{}\\\\].*")) {
            return "…";
        }
        return pattern.codePoints()
                .mapToObj(c -> Character.toLowerCase(c) == Character.toUpperCase(c)
                        ? Character.toString(c)
                        : "[" + Character.toString(Character.toLowerCase(c))
                                + Character.toString(Character.toUpperCase(c)) + "]")
                .collect(Collectors.joining());
    }
}
