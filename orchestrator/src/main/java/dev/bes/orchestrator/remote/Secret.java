package dev.bes.orchestrator.remote;

/**
 * A key or connection string: known to the code that sends it, and never printed.
 *
 * @param value without blanks, line ends and byte-order marks at its ends: files and copied text bring them
 */
public record Secret(String value) {

    /** Trims the value. */
    public Secret {
        value = trimmed(value);
    }

    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** Whether quotes stand around it: one pair too many was written. */
    public boolean isInQuotes() {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        return value.length() > 1 && (first == '"' || first == '\'') && value.endsWith(String.valueOf(first));
    }

    /** Three stars, whatever the value. */
    @Override
    public String toString() {
        return "***";
    }
}
