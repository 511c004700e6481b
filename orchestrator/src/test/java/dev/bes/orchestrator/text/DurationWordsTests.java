package dev.bes.orchestrator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations in messages. */
class DurationWordsTests {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.25S, 250 ms",
        "PT30S, 30 s",
        "PT1.5S, 1 s 500 ms",
        "PT5M, 5 min",
        "PT1H30M, 1 h 30 min",
        "P2D, 2 d",
        "PT26H3M4S, 1 d 2 h 3 min 4 s",
        "PT-5S, -5 s"
    })
    void printsDurationsForPeople(Duration time, String words) {
        assertThat(DurationWords.of(time)).isEqualTo(words);
    }
}
