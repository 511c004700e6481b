package dev.bes.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JobDurationTests {

    @Test
    void isSpreadEvenlyBetweenItsBounds() {
        JobDuration time = new JobDuration(Duration.ofSeconds(58), Duration.ofSeconds(62));

        List<Long> seconds = LongStream.range(0, 40)
                .mapToObj(job -> time.of(job).toSeconds())
                .sorted()
                .distinct()
                .toList();

        assertThat(seconds).containsExactly(58L, 59L, 60L, 61L);
    }

    @Test
    void isAlwaysTheSameWhenItsBoundsAre() {
        assertThat(JobDuration.always(Duration.ZERO).of(7)).isZero();
    }
}
