package dev.bes.orchestrator.remote;

/**
 * A key or connection string that is never printed.
 *
 * @param value without leading and trailing blanks, line ends and byte-order marks, which copied text may have
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

    /** Whether the value starts and ends with a quote, which the user wrote by mistake. */
    public boolean isQuoted() {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        return value.length() > 1 && (first == '"' || first == '\'') && value.endsWith(String.valueOf(first));
    }

    /** Returns three stars, for every value. */
    @Override
    public String toString() {
        return "***";
    }
}
