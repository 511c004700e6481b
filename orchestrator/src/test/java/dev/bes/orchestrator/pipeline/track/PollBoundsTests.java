package dev.bes.orchestrator.pipeline.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.StepFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollBoundsTests {
    private final PollBounds pollBounds = new StepFixture().pollBounds;

    @Test
    void pollsSoonAfterAStart() {
        assertThat(pollBounds.firstPoll()).isEqualTo(StepFixture.POLL_MIN);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 1000", "500, 500, 1000", "2000, 2000, 2000", "90000, 60000, 60000"})
    void keepsWantedPollsWithinBounds(long wanted, long first, long next) {
        assertThat(pollBounds.firstPoll(Duration.ofMillis(wanted))).isEqualTo(Duration.ofMillis(first));
        assertThat(pollBounds.nextPoll(Duration.ofMillis(wanted))).isEqualTo(Duration.ofMillis(next));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "5, 1000", "6, 1200", "60, 12000", "299, 59800", "300, 60000", "36000, 60000"})
    void leavesAJobAloneForAFifthOfItsAge(long seconds, long millis) {
        assertThat(pollBounds.nextPollByAge(Duration.ofSeconds(seconds))).isEqualTo(Duration.ofMillis(millis));
    }
}
