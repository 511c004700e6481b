package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.Breaker.LONGEST;
import static dev.bes.orchestrator.remote.bes.Breaker.PATIENCE;
import static dev.bes.orchestrator.remote.bes.Breaker.SHORTEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.bes.Breaker.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTests {

    private double random = 1;
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final Breaker breaker = new Breaker(() -> random);

    private Pass ask() {
        return breaker.ask(now);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(ask(), now);
        }
    }

    private void letPass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void standsSomeFailures() {
        fail(PATIENCE - 1);
        assertThat(ask().isOpen()).isTrue();
        breaker.answered();
        fail(PATIENCE - 1);
        assertThat(ask().isOpen()).as("they were not in a row").isTrue();
    }

    @Test
    void shutsAfterTooManyInARow() {
        fail(PATIENCE);

        assertThat(ask().delay()).isEqualTo(SHORTEST);
        letPass(Duration.ofMillis(400));
        assertThat(ask().delay()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void letsOneCallTryAndKeepsTheOthersWaiting() {
        fail(PATIENCE);
        letPass(SHORTEST);

        assertThat(ask().isOpen()).isTrue();
        assertThat(ask().delay()).isEqualTo(SHORTEST);
        assertThat(ask().delay()).isEqualTo(SHORTEST);
    }

    @Test
    void saysWhetherACallWouldPassAndLetsNonePassByThat() {
        assertThat(breaker.isOpen(now)).isTrue();
        fail(PATIENCE);
        assertThat(breaker.isOpen(now)).isFalse();
        letPass(SHORTEST);
        assertThat(breaker.isOpen(now)).isTrue();
        assertThat(ask().isOpen()).as("the trial is still to be had").isTrue();
        assertThat(breaker.isOpen(now)).as("while it is under way").isFalse();
    }

    @Test
    void opensWhenTheTrialHasAnAnswer() {
        fail(PATIENCE);
        letPass(SHORTEST);
        ask();

        assertThat(breaker.answered()).isTrue();
        assertThat(breaker.answered()).as("it is told once").isFalse();
        assertThat(ask().isOpen()).isTrue();
        assertThat(ask().isOpen()).isTrue();
        fail(PATIENCE - 1);
        assertThat(ask().isOpen()).as("it has its patience back").isTrue();
    }

    @Test
    void waitsTwiceAsLongAfterEachTrialUpToAMinute() {
        fail(PATIENCE);
        List<Duration> waits = new ArrayList<>();
        for (int trial = 0; trial < 8; trial++) {
            Duration wait = ask().delay();
            waits.add(wait);
            letPass(wait);
            fail(1);
        }

        assertThat(waits.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void spreadsTheTrialsOfManyNodes() {
        random = 0;
        fail(PATIENCE);
        assertThat(ask().delay()).isEqualTo(SHORTEST.dividedBy(2));

        letPass(SHORTEST);
        random = 0.5;
        fail(1);
        assertThat(ask().delay()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void countsNoCallThatBeganBeforeItWasShut() {
        List<Pass> flying = List.of(ask(), ask(), ask());
        fail(PATIENCE);
        for (Pass call : flying) {
            assertThat(breaker.failed(call, now)).isFalse();
        }

        assertThat(ask().delay()).as("still the first back-off").isEqualTo(SHORTEST);
    }

    @Test
    void tellsOnceThatItIsShut() {
        fail(PATIENCE - 1);
        assertThat(breaker.failed(ask(), now)).isTrue();
        letPass(SHORTEST);
        assertThat(breaker.failed(ask(), now)).isFalse();
    }

    @Test
    void doesNotWaitForEverForATrialOfWhichNothingIsHeard() {
        fail(PATIENCE);
        letPass(SHORTEST);
        ask();
        letPass(LONGEST);

        assertThat(ask().isOpen()).isTrue();
    }
}
