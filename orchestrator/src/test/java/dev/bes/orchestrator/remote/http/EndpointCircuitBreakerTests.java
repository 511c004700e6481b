package dev.bes.orchestrator.remote.http;

import static dev.bes.orchestrator.remote.http.EndpointCircuitBreaker.FAILURES;
import static dev.bes.orchestrator.remote.http.EndpointCircuitBreaker.SHORTEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.http.EndpointCircuitBreaker.Permission;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointCircuitBreakerTests {
    private final Unavailable silence = new Unavailable("no answer");

    private double random = 1;
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    private final EndpointCircuitBreaker breaker =
            new EndpointCircuitBreaker(registry, "toxic", () -> now, () -> random);

    private Permission ask() {
        return breaker.requestPermission();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            Permission call = ask();
            breaker.failed(call, silence);
            breaker.ended(call);
        }
    }

    private void letPass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void staysClosedAfterSomeFailures() {
        fail(FAILURES - 1);
        assertThat(ask().isGranted()).isTrue();
        breaker.answered(ask());
        fail(FAILURES - 1);
        assertThat(ask().isGranted()).as("they were not in a row").isTrue();
    }

    @Test
    void opensAfterTooManyFailuresInARow() {
        for (int answers = 0; answers < 20; answers++) {
            breaker.answered(ask());
        }
        fail(FAILURES);

        assertThat(ask().delay()).isEqualTo(SHORTEST);
        letPass(Duration.ofMillis(400));
        assertThat(ask().delay()).isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void letsOneCallTryAndKeepsTheOthersWaiting() {
        fail(FAILURES);
        letPass(SHORTEST);

        assertThat(ask().isGranted()).isTrue();
        assertThat(ask().delay()).isEqualTo(SHORTEST);
        assertThat(ask().delay()).isEqualTo(SHORTEST);
    }

    @Test
    void saysWhetherItPermitsACallWithoutUsingUpTheTrial() {
        assertThat(breaker.permits()).isTrue();
        fail(FAILURES);
        assertThat(breaker.permits()).isFalse();
        letPass(SHORTEST);
        assertThat(breaker.permits()).isTrue();
        assertThat(ask().isGranted()).as("the trial is still to be had").isTrue();
        assertThat(breaker.permits()).as("while it is under way").isFalse();
    }

    @Test
    void closesWhenTheTrialHasAnAnswer() {
        fail(FAILURES);
        letPass(SHORTEST);
        Permission trial = ask();

        assertThat(breaker.answered(trial)).isTrue();
        assertThat(breaker.answered(trial)).as("it is told once").isFalse();
        assertThat(ask().isGranted()).isTrue();
        assertThat(ask().isGranted()).isTrue();
        fail(FAILURES - 1);
        assertThat(ask().isGranted()).as("it counts anew").isTrue();
        fail(1);
        assertThat(ask().delay()).as("it waits anew").isEqualTo(SHORTEST);
    }

    @Test
    void closesWhenACallIsAnsweredThatBeganBeforeItOpened() {
        Permission flying = ask();
        fail(FAILURES);

        assertThat(breaker.answered(flying)).isTrue();
        assertThat(ask().isGranted()).isTrue();
    }

    @Test
    void waitsTwiceAsLongAfterEachTrialUpToAMinute() {
        fail(FAILURES);
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
        fail(FAILURES);
        assertThat(ask().delay()).isEqualTo(SHORTEST.dividedBy(2));

        letPass(SHORTEST);
        random = 0.5;
        fail(1);
        assertThat(ask().delay()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void countsNoFailureOfACallThatBeganBeforeItOpened() {
        List<Permission> flying = List.of(ask(), ask(), ask());
        fail(FAILURES);
        assertThat(breaker.failed(flying.get(0), silence)).isFalse();
        assertThat(ask().delay()).as("still the first wait").isEqualTo(SHORTEST);

        letPass(SHORTEST);
        Permission trial = ask();
        assertThat(breaker.failed(flying.get(1), silence)).isFalse();
        breaker.ended(flying.get(1));
        assertThat(ask().delay()).as("the trial is under way").isEqualTo(SHORTEST);
        breaker.answered(trial);
        assertThat(breaker.failed(flying.get(2), silence)).isFalse();
        fail(FAILURES - 1);
        assertThat(ask().isGranted()).isTrue();
    }

    @Test
    void tellsOnceThatItOpened() {
        fail(FAILURES - 1);
        assertThat(breaker.failed(ask(), silence)).isTrue();
        letPass(SHORTEST);
        assertThat(breaker.failed(ask(), silence)).isFalse();
    }

    @Test
    void triesAgainWhenTheTrialEndedAndShowedNothing() {
        fail(FAILURES);
        letPass(SHORTEST);
        breaker.ended(ask());

        assertThat(ask().delay()).isEqualTo(SHORTEST);
        letPass(SHORTEST);
        assertThat(breaker.permits()).isTrue();
        fail(1);
        assertThat(ask().delay()).as("nothing was learned in between").isEqualTo(SHORTEST.multipliedBy(2));
    }

    @Test
    void showsItsStateAndItsCallsAsMetrics() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
        breaker.answered(ask());
        fail(FAILURES);
        ask();

        assertThat(meters.get("resilience4j.circuitbreaker.state")
                        .tags("name", "toxic", "state", "open")
                        .gauge()
                        .value())
                .isOne();
        assertThat(meters.get("resilience4j.circuitbreaker.calls")
                        .tags("name", "toxic", "kind", "failed")
                        .timer()
                        .count())
                .isEqualTo(FAILURES);
        assertThat(meters.get("resilience4j.circuitbreaker.not.permitted.calls")
                        .tags("name", "toxic")
                        .counter()
                        .count())
                .isOne();
    }
}
