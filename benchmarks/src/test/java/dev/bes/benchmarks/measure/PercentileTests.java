package dev.bes.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentileTests {

    @Test
    void isTheValueThatSoManyDoNotExceed() {
        List<Double> values =
                IntStream.rangeClosed(1, 200).mapToObj(i -> (double) (201 - i)).toList();

        assertThat(Percentile.of(values, 50)).isEqualTo(100);
        assertThat(Percentile.of(values, 99)).isEqualTo(198);
        assertThat(Percentile.of(List.of(7.0), 95)).isEqualTo(7);
    }

    @Test
    void refusesNoValues() {
        assertThatThrownBy(() -> Percentile.of(List.of(), 50)).hasMessageContaining("nothing");
    }
}
