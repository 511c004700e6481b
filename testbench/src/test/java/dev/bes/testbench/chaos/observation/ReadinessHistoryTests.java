package dev.bes.testbench.chaos.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadinessHistoryTests {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ReadinessHistory readiness = new ReadinessHistory();

    private ReadinessHistoryTests readyFrom(int first, int end) {
        IntStream.range(first * 2, end * 2).forEach(half -> readiness.add(NOON.plusMillis(500L * half)));
        return this;
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private List<Instant> due(int... seconds) {
        return readiness.outsideOfOutages(
                IntStream.of(seconds).mapToObj(ReadinessHistoryTests::at).toList());
    }

    @Test
    void requiresARunForEveryFireTimeWhileANodeIsReadyOrSoonAfter() {
        readyFrom(0, 20).readyFrom(45, 100);

        assertThat(due(0, 5, 10, 15, 20, 25, 50)).containsExactly(at(0), at(5), at(10), at(15), at(20), at(25), at(50));
    }

    @Test
    void leavesOutAllFireTimesOfAnOutageTheLastOneIncluded() {
        readyFrom(0, 20).readyFrom(100, 200);

        assertThat(due(5, 15, 20, 60, 95, 99, 110, 120)).containsExactly(at(5), at(110), at(120));
    }

    @Test
    void doesNotEndAnOutageAfterAFewReadySeconds() {
        readyFrom(0, 20).readyFrom(70, 75).readyFrom(130, 200);

        assertThat(due(30, 72, 125, 150)).containsExactly(at(150));
    }
}
