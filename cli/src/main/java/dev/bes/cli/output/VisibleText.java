package dev.bes.cli.output;

import java.util.function.IntFunction;

/**
 * Makes hidden characters of text from a server visible: control characters and with them escape sequences of terminals,
 * zero-width and direction characters.
 */
final class VisibleText {

    private VisibleText() {}

    /** A text of one line: a right-to-left override becomes {@code ⟨U+202E⟩}, a line end {@code ⟨U+000A⟩}. */
    static String of(String text) {
        return replaced(text, "⟨U+%04X⟩"::formatted);
    }

    /** A line of JSON or YAML, where hidden characters stand in quoted strings only: they become escapes of four digits. */
    static String escaped(String line) {
        return replaced(
                line,
                c -> new String(Character.toChars(c))
                        .chars()
                        .mapToObj("\\u%04x"::formatted)
                        .reduce("", String::concat));
    }

    private static String replaced(String text, IntFunction<String> replacement) {
        if (text.codePoints().noneMatch(VisibleText::isHidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                visible.append(replacement.apply(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    private static boolean isHidden(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7F) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR -> true;
            default -> isBlank(codePoint);
        };
    }

    /** Letters, marks and symbols that show nothing. Source: Unicode, Default_Ignorable_Code_Point; U+2800 is blank, too. */
    private static boolean isBlank(int codePoint) {
        return switch (codePoint) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default ->
                (codePoint >= 0x180B && codePoint <= 0x180F)
                        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
        };
    }
}
