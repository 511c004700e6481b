package dev.bes.orchestrator.text;

import java.util.function.IntPredicate;

/**
 * Makes hidden characters of text from outside visible: line ends, control, zero-width and direction characters. A right-to-left
 * override becomes {@code ⟨U+202E⟩}.
 */
public final class VisibleText {

    private VisibleText() {}

    /** A text of one line, with line ends and tabs made visible, too. The same text if all of it is visible. */
    public static String of(String text) {
        return replaced(text, VisibleText::isHidden);
    }

    /** A text of several lines, whose line ends and tabs stay. The same text if all else is visible. */
    public static String lines(String text) {
        return replaced(text, c -> isHidden(c) && c != '\n' && c != '\r' && c != '\t');
    }

    /** A name as {@link #of} shows it, a blank at either end made visible, too. */
    public static String name(String name) {
        String visible = of(name);
        String ended = visible.endsWith(" ") ? visible.substring(0, visible.length() - 1) + codePoint(' ') : visible;
        return ended.startsWith(" ") ? codePoint(' ') + ended.substring(1) : ended;
    }

    /** The code point of a hidden character, in brackets. */
    public static String codePoint(int codePoint) {
        return "⟨U+%04X⟩".formatted(codePoint);
    }

    private static String replaced(String text, IntPredicate hidden) {
        if (text.codePoints().noneMatch(hidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (hidden.test(c)) {
                visible.append(codePoint(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** Whether a reader can't see a character, or takes it for another one. */
    public static boolean isHidden(int codePoint) {
        if (codePoint > ' ' && codePoint < 0x7F) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ';
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
