package dev.bes.testbench.demo.check;

/**
 * A claim of the demo and the result of its check.
 *
 * @param found the value that was found
 */
public record Check(String claim, boolean holds, String found) {

    static Check that(String claim, boolean holds, Object found) {
        return new Check(claim, holds, String.valueOf(found));
    }
}
