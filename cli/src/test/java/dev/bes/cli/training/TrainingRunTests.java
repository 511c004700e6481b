package dev.bes.cli.training;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TrainingRunTests {
    /** Whoever builds the command runs it: a command that asks for more than it answers ends here, and not there. */
    @Test
    void answersAllThatItsCommandsAskFor() {
        assertThatCode(() -> TrainingRun.main(new String[0])).doesNotThrowAnyException();
    }
}
