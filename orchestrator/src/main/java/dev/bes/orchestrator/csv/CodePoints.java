package dev.bes.orchestrator.csv;

import dev.bes.orchestrator.text.VisibleText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Characters in words: which belong in no text, and how those are shown that can't be seen. */
final class CodePoints {
    private static final int LONGEST_NAME = 80;

    private CodePoints() {}

    /** Whether a character beyond ASCII belongs in a text: it is no control character, and no noncharacter of Unicode. */
    static boolean isText(int codePoint) {
        return codePoint >= 0xA0 && (codePoint & 0xFFFE) != 0xFFFE && (codePoint < 0xFDD0 || codePoint > 0xFDEF);
    }

    /** Whether a character of ASCII belongs in a text. */
    static boolean isText(byte ascii) {
        return (ascii >= ' ' && ascii != 0x7F) || ascii == '\t' || ascii == '\n' || ascii == '\r';
    }

    /** "U+001A (Ctrl-Z), a control character; …", with what is to be done about it. */
    static String outOfPlace(int codePoint) {
        String remedy = switch (codePoint) {
            case 0 -> "the file is damaged or was not written to its end: export it anew";
            case 0x1A -> "an old program marks the end of a file with it: remove it";
            default ->
                codePoint >= 0x80 && codePoint < 0xA0
                        ? "Windows-1252 was probably taken for Latin-1: export the file anew as UTF-8"
                        : "remove it, or export the file anew";
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

    /** A name between quotes, with the code point of each character that can't be seen. */
    static String quoted(String name) {
        return quoted(name, CodePoints::isVisible);
    }

    /** A name between quotes, with the code point of each character beyond ASCII: it may look like another. */
    static String quotedExactly(String name) {
        return quoted(name, codePoint -> codePoint < 0x7F && isVisible(codePoint));
    }

    private static String quoted(String name, java.util.function.IntPredicate asItIs) {
        StringBuilder shown = new StringBuilder("'");
        name.codePoints().limit(LONGEST_NAME).forEach(codePoint -> {
            if (asItIs.test(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(VisibleText.codePoint(codePoint));
            }
        });
        return shown.append(name.codePointCount(0, name.length()) > LONGEST_NAME ? "…'" : "'")
                .toString();
    }

    /** Whether somebody who looks at a character between quotes knows it for what it is. */
    static boolean isVisible(int codePoint) {
        return !VisibleText.isHidden(codePoint);
    }

    private static String notation(int codePoint) {
        return "U+%04X".formatted(codePoint);
    }
}
