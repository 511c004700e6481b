package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTests {
    private final RetryPolicy retryPolicy = new StepFixture().retryPolicy;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 4", "5, 32", "6, 60", "20, 60", "2000000000, 60"})
    void doublesTheWaitWithEachFailure(int failures, long seconds) {
        assertThat(retryPolicy.callDelay(aRunningClaim().failures(failures).build()))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "2, 60", "3, 120", "7, 1920", "8, 3600", "50, 3600"})
    void doublesTheWaitWithEachAttempt(int attempt, long seconds) {
        assertThat(retryPolicy.attemptDelay(aRunningClaim().attempt(attempt, 99).build()))
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
