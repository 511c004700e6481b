package dev.bes.orchestrator.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One place, for which four may wait. */
class ConcurrencyLimitTests {
    private static final int WAITING = 4;

    private final ConcurrencyLimit limit =
            new ConcurrencyLimit("uploads", "max-uploads", 1, Duration.ofMinutes(1), InstantSource.system());
    private final AtomicInteger entered = new AtomicInteger();

    private void enterAndLeave() {
        if (limit.enter()) {
            entered.incrementAndGet();
            limit.leave();
        }
    }

    @Test
    void refusesAtOnceWhoeverComesWhileEnoughWait() {
        assertThat(limit.enter()).isTrue();
        List<Thread> waiting = IntStream.range(0, WAITING)
                .mapToObj(i -> Thread.ofPlatform().start(this::enterAndLeave))
                .toList();
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        assertThat(limit.enter()).isFalse();
        assertThat(waiting).as("they still wait").allMatch(Thread::isAlive);

        limit.leave();
        await().until(() -> waiting.stream().noneMatch(Thread::isAlive));
        assertThat(entered).hasValue(WAITING);
        assertThat(limit.enter()).as("all places are free again").isTrue();
    }

    @Test
    void letsOthersWaitWhenOneHasGivenUp() {
        ConcurrencyLimit impatient =
                new ConcurrencyLimit("uploads", "max-uploads", 1, Duration.ofMillis(1), InstantSource.system());
        assertThat(impatient.enter()).isTrue();

        for (int i = 0; i < 2 * WAITING; i++) {
            assertThat(impatient.enter()).isFalse();
        }
        impatient.leave();
        assertThat(impatient.enter()).isTrue();
    }
}
