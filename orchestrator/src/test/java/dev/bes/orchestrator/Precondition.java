package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

/**
 * Everything that a test may need from the machine beyond JDK, Maven and Node, and must do without on some. No test asks
 * for anything else by itself: a test that did not run is counted, and {@code scripts/test} lists it with these words. Where {@code CI=true}, all that
 * {@code .ci/run} installs must be there.
 */
public enum Precondition {
    /** A file system of a few bytes. */
    SMALL_DISK("a small disk can be mounted: that takes root, and on some machines more than that", false),
    /** A clock for one process. */
    CLOCK_OF_A_PROCESS("the clock of one process can be set: install the package faketime", true),
    /** A browser that a test can drive. */
    BROWSER("there is a Chromium: install the package chromium", true),
    /** The checker of Prometheus. */
    PROMTOOL("there is promtool: install the package prometheus", true);

    private final String words;
    private final boolean installable;

    Precondition(String words, boolean installable) {
        this.words = words;
        this.installable = installable;
    }

    /** Ends the test as skipped unless the machine has it; a build server fails it if a package is missing. */
    public void require(boolean there) {
        if (installable && "true".equals(System.getenv("CI"))) {
            assertThat(there).as("where CI=true, %s", words).isTrue();
        }
        Assumptions.assumeTrue(there, "it runs only where " + words);
    }
}
