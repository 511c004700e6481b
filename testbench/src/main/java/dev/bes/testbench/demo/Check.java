package dev.bes.testbench.demo;

import dev.bes.testbench.demo.Style.Colour;

/**
 * Something the demo claims, and whether it is so.
 *
 * @param claim what is claimed
 * @param holds whether it is so
 * @param found what was found
 */
record Check(String claim, boolean holds, String found) {

    static Check that(String claim, boolean holds, Object found) {
        return new Check(claim, holds, String.valueOf(found));
    }

    String line(Style style) {
        String mark = holds
                ? style.colour(Colour.GREEN, style.symbol("✓", "ok"))
                : style.colour(Colour.RED, style.symbol("✗", "NOT"));
        return "  " + mark + " " + claim + ": " + found;
    }
}
