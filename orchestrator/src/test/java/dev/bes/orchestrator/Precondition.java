package dev.bes.orchestrator;

import org.junit.jupiter.api.Assumptions;

/**
 * Everything that a test may need from the machine beyond JDK, Maven and Node, and must do without on some. No test asks
 * for anything else by itself: a test that did not run is counted, and {@code scripts/test} lists it with these words.
 */
public enum Precondition {
    /** A file system of a few bytes. */
    SMALL_DISK("a small disk can be mounted: that takes root, and on some machines more than that"),
    /** A clock for one process. */
    CLOCK_OF_A_PROCESS("the clock of one process can be set: install the package faketime"),
    /** A browser that a test can drive. */
    BROWSER("there is a Chromium: install the package chromium"),
    /** The checker of Prometheus. Where {@code CI=true} it must be there. */
    PROMTOOL("there is promtool: install the package prometheus");

    private final String words;

    Precondition(String words) {
        this.words = words;
    }

    /** Ends the test as skipped unless the machine has it. */
    public void require(boolean there) {
        Assumptions.assumeTrue(there, "it runs only where " + words);
    }
}
