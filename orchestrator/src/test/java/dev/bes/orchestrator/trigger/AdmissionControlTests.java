package dev.bes.orchestrator.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionControlTests {
    private static final long MOST = 1_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicLong unended = new AtomicLong();
    private final AtomicInteger counts = new AtomicInteger();
    private Duration countTakes = Duration.ZERO;
    private final AdmissionControl admissionControl = new AdmissionControl(this::count, MOST, nanos::get);

    private long count(long atMost) {
        counts.incrementAndGet();
        pass(countTakes);
        return Math.min(atMost, unended.get());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void isFullFromTheLimitOnAndOpensByItself() {
        unended.set(MOST - 1);
        assertThat(admissionControl.isFull()).isFalse();

        unended.set(MOST);
        pass(Duration.ofSeconds(1));
        assertThat(admissionControl.isFull()).isTrue();

        unended.set(MOST - 1);
        pass(Duration.ofSeconds(1));
        assertThat(admissionControl.isFull()).isFalse();
    }

    @Test
    void countsOnceASecondHoweverOftenItIsAsked() {
        for (int i = 0; i < 1_000; i++) {
            admissionControl.isFull();
            pass(Duration.ofMillis(10));
        }

        assertThat(counts).hasValue(10);
    }

    @Test
    void countsMoreSeldomWhenACountTakesLong() {
        countTakes = Duration.ofSeconds(2);
        admissionControl.isFull();

        pass(Duration.ofSeconds(39));
        admissionControl.isFull();
        assertThat(counts).hasValue(1);

        pass(Duration.ofSeconds(1));
        admissionControl.isFull();
        assertThat(counts).hasValue(2);
    }
}
