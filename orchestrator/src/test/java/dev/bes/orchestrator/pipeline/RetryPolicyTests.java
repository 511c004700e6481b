package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTests {
    private final RetryPolicy retryPolicy = new Bench().retryPolicy;

    @Test
    void looksSoonAfterAStart() {
        assertThat(retryPolicy.firstPoll()).isEqualTo(Bench.POLL_MIN);
    }

    @ParameterizedTest
    @CsvSource({"0, 100, 1000", "500, 500, 1000", "2000, 2000, 2000", "90000, 60000, 60000"})
    void keepsWantedPollsWithinBounds(long wanted, long first, long next) {
        assertThat(retryPolicy.firstPoll(Duration.ofMillis(wanted))).isEqualTo(Duration.ofMillis(first));
        assertThat(retryPolicy.nextPoll(Duration.ofMillis(wanted))).isEqualTo(Duration.ofMillis(next));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "5, 1000", "6, 1200", "60, 12000", "299, 59800", "300, 60000", "36000, 60000"})
    void leavesAJobAloneForAFifthOfItsAge(long seconds, long millis) {
        assertThat(retryPolicy.nextPollByAge(Duration.ofSeconds(seconds))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 4", "5, 32", "6, 60", "20, 60", "2000000000, 60"})
    void doublesTheWaitWithEachTrouble(int troubles, long seconds) {
        assertThat(retryPolicy.afterTrouble(aRunningClaim().troubles(troubles).build()))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 60", "3, 120", "7, 1920", "8, 3600", "50, 3600"})
    void doublesTheWaitWithEachAttempt(int attempt, long seconds) {
        assertThat(retryPolicy.beforeNextAttempt(
                        aRunningClaim().attempt(attempt, 99).build()))
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
