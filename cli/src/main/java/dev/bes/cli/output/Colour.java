package dev.bes.cli.output;

/** A colour of text on a terminal, by its number in ECMA-48. */
public enum Colour {
    NONE(0),
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

    /** The text between the two sequences that set and end the colour. */
    String of(String text) {
        return this == NONE ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
