package dev.bes.testbench.demo.output;

import java.io.Console;
import java.util.Map;
import java.util.Optional;

/**
 * What the terminal can show.
 *
 * @param live whether lines can be drawn again in place, and coloured
 * @param width characters in a line
 * @param unicode whether it shows more than ASCII
 */
public record TerminalStyle(boolean live, int width, boolean unicode) {

    private static final int WIDTH = 100;
    // of the table: longer lines would be broken, and drawing again in place would fail
    private static final int LEAST_WIDTH = 74;

    /** Colours by their number in the standard. */
    public enum Colour {
        RED(31),
        GREEN(32),
        YELLOW(33),
        CYAN(36),
        GREY(90),
        BOLD(1);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    /** What this process writes to; {@code COLUMNS} says how wide it is. */
    public static TerminalStyle ofThisTerminal() {
        Map<String, String> environment = System.getenv();
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean dumb = "dumb".equals(environment.get("TERM")) || environment.containsKey("NO_COLOR");
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : WIDTH;
        return new TerminalStyle(
                terminal && !dumb && width >= LEAST_WIDTH,
                width,
                System.out.charset().newEncoder().canEncode("✓█"));
    }

    /** The text in a colour, if the terminal shows colours. */
    public String colour(Colour colour, String text) {
        return live ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    /** The first of two, where the terminal can show it. */
    public String symbol(String unicodeOne, String asciiOne) {
        return unicode ? unicodeOne : asciiOne;
    }

    /** The text, cut to the width. */
    String cut(String text) {
        return text.length() <= width ? text : text.substring(0, width - 1) + symbol("…", "~");
    }
}
