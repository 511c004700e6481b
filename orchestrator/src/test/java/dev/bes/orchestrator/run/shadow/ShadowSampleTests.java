package dev.bes.orchestrator.run.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scorings have a shadow. */
class ShadowSampleTests {
    private static final int SCORINGS = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10})
    void isTheShareAlsoOfDefinitionsThatTakeTurns(int definitions) {
        long drawn = LongStream.range(0, SCORINGS)
                .filter(n -> ShadowSample.has(n * definitions + 3, 10))
                .count();

        assertThat(drawn).isBetween(SCORINGS / 10 - 400L, SCORINGS / 10 + 400L);
    }

    @Test
    void isAllOrNearlyNoneAtTheEnds() {
        assertThat(LongStream.range(0, SCORINGS)).allMatch(n -> ShadowSample.has(n, 100));
        assertThat(LongStream.range(0, SCORINGS)
                        .filter(n -> ShadowSample.has(n, 0.01))
                        .count())
                .isBetween(1L, 30L);
        assertThat(LongStream.range(0, SCORINGS)).noneMatch(n -> ShadowSample.has(n, 0));
    }

    @Test
    void staysTheSameForTheSameScoring() {
        // written down: a node of another version has to draw the same after a crash
        assertThat(LongStream.range(0, 60).filter(n -> ShadowSample.has(n, 10)))
                .containsExactly(9L, 13L, 23L, 34L, 44L, 53L);
    }
}
