package dev.bes.orchestrator.files;

/** A name from outside as people can read it: what can't be seen, or forges a line, stands there as its code point. */
public final class VisibleName {
    private static final char UNREADABLE = '\ufffd';

    private VisibleName() {}

    /** The name with control characters, invisible characters, unusual blanks and a blank at either end written as {@code <U+000D>}. */
    public static String of(String name) {
        StringBuilder visible = new StringBuilder();
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            int c = name.codePointAt(i);
            boolean atAnEnd = i == 0 || i + Character.charCount(c) == name.length();
            if (isHidden(c) || (c == ' ' && atAnEnd)) {
                visible.append(String.format("<U+%04X>", c));
            } else {
                visible.appendCodePoint(c);
            }
        }
        return visible.toString();
    }

    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default -> c == UNREADABLE;
        };
    }
}
