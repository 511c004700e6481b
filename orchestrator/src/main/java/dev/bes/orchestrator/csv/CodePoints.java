package dev.bes.orchestrator.csv;

import dev.bes.orchestrator.text.VisibleText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes characters: which are not allowed in text, and how invisible ones are shown. */
final class CodePoints {
    private static final int MAX_NAME = 80;

    private CodePoints() {}

    /** Whether a character beyond ASCII is text: no control character and no Unicode noncharacter. */
    static boolean isText(int codePoint) {
        return codePoint >= 0xA0 && (codePoint & 0xFFFE) != 0xFFFE && (codePoint < 0xFDD0 || codePoint > 0xFDEF);
    }

    /** Whether an ASCII character is text. */
    static boolean isText(byte ascii) {
        return (ascii >= ' ' && ascii != 0x7F) || ascii == '\t' || ascii == '\n' || ascii == '\r';
    }

    /** Describes a forbidden character and what to do: "U+001A (Ctrl-Z), a control character; …". */
    static String describeForbidden(int codePoint) {
        String remedy = switch (codePoint) {
            case 0 -> "the file is damaged or was not written to its end: export it again";
            case 0x1A -> "an old program marks the end of a file with it: remove it";
            default ->
                codePoint >= 0x80 && codePoint < 0xA0
                        ? "Windows-1252 was probably taken for Latin-1: export the file again as UTF-8"
                        : "remove it, or export the file again";
        };
        String kind = codePoint < 0xA0 ? "a control character" : "which is no character";
        return "%s, %s; %s".formatted(withName(codePoint), kind, remedy);
    }

    /** "U+00A0 (no-break space)". */
    static String withName(int codePoint) {
        String name = switch (codePoint) {
            case 0 -> "NUL";
            case 0x1A -> "Ctrl-Z";
            default -> name(codePoint);
        };
        return name == null ? notation(codePoint) : notation(codePoint) + " (" + name + ")";
    }

    private static @Nullable String name(int codePoint) {
        String name = Character.getName(codePoint);
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    /** A name in quotes, with invisible characters as code points. */
    static String quoted(String name) {
        return quoted(name, CodePoints::isVisible);
    }

    /** A name in quotes, with non-ASCII characters as code points: they may look like others. */
    static String quotedExactly(String name) {
        return quoted(name, codePoint -> codePoint < 0x7F && isVisible(codePoint));
    }

    private static String quoted(String name, java.util.function.IntPredicate verbatim) {
        StringBuilder shown = new StringBuilder("'");
        name.codePoints().limit(MAX_NAME).forEach(codePoint -> {
            if (verbatim.test(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(VisibleText.codePoint(codePoint));
            }
        });
        return shown.append(name.codePointCount(0, name.length()) > MAX_NAME ? "…'" : "'")
                .toString();
    }

    /** Whether a character is visible and unambiguous. */
    static boolean isVisible(int codePoint) {
        return !VisibleText.isHidden(codePoint);
    }

    private static String notation(int codePoint) {
        return "U+%04X".formatted(codePoint);
    }
}
