package dev.bes.cli.output;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the command prints, and what is there.
 *
 * @param out the answer
 * @param err notes, progress and errors
 * @param outIsTerminal whether the answer goes to a terminal
 * @param errIsTerminal whether notes go to a terminal
 * @param colours whether a terminal is given colours
 * @param unicode whether it shows more than ASCII
 * @param width characters in a line
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean colours,
        boolean unicode,
        int width) {
    private static final int WIDTH = 120;

    /**
     * The terminal of this process. {@code scripts/bes} says which of the two streams is one, and how wide it is; without it
     * both are if the JVM sees a console.
     */
    public static Terminal ofThisProcess(Map<String, String> environment) {
        Charset charset = System.out.charset();
        return new Terminal(
                new PrintWriter(System.out, false, charset),
                new PrintWriter(System.err, true, charset),
                isTerminal("bes.out"),
                isTerminal("bes.err"),
                !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM")),
                charset.newEncoder().canEncode("█…"),
                width(System.getProperty("bes.width", environment.getOrDefault("COLUMNS", ""))));
    }

    private static boolean isTerminal(String property) {
        String said = System.getProperty(property);
        return said == null ? isConsole(System.console()) : said.equals("terminal");
    }

    private static boolean isConsole(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    private static int width(String columns) {
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : WIDTH;
    }

    /** Whether a text on this stream may be coloured. */
    boolean colours(boolean errors) {
        return colours && (errors ? errIsTerminal : outIsTerminal);
    }

    /** The first of two, where the terminal can show it. */
    String symbol(String inUnicode, String inAscii) {
        return unicode ? inUnicode : inAscii;
    }
}
