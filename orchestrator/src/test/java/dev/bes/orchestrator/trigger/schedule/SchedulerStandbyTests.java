package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.claim.HeldClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

class SchedulerStandbyTests {
    private final Cluster cluster = new Cluster();
    private final Scheduler scheduler = cluster.join("one");
    private final AtomicReference<Duration> skew = new AtomicReference<>(Duration.ZERO);
    private final Heartbeat heartbeat =
            DatabaseFixture.shared().heartbeat("stands-by", () -> Instant.now().plus(skew.get()));
    private final SchedulerStandby schedulerStandby = new SchedulerStandby(scheduler, heartbeat);

    @AfterEach
    void stop() throws SchedulerException {
        cluster.close();
    }

    private void follow(Duration off) throws SchedulerException {
        skew.set(off);
        heartbeat.beat(new HeldClaims(List.of()), Duration.ofMinutes(1));
        schedulerStandby.follow();
    }

    @Test
    void standsByWhileTheClockIsWrongAndGoesOnWhenItIsRight() throws SchedulerException {
        scheduler.start();
        follow(Duration.ZERO);
        assertThat(scheduler.isInStandbyMode()).isFalse();

        follow(Duration.ofHours(3));
        assertThat(scheduler.isInStandbyMode()).isTrue();
        follow(Duration.ofSeconds(-2));
        assertThat(scheduler.isInStandbyMode()).isTrue();

        follow(Duration.ZERO);
        assertThat(scheduler.isInStandbyMode()).isFalse();
    }

    @Test
    void standsByUntilTheDatabaseHasAnswered() throws SchedulerException {
        scheduler.start();
        schedulerStandby.follow();
        assertThat(scheduler.isInStandbyMode()).isTrue();

        follow(Duration.ZERO);
        assertThat(scheduler.isInStandbyMode()).isFalse();
    }

    @Test
    void doesNotStartAScheduleThatSomebodyElseHasStopped() throws SchedulerException {
        follow(Duration.ZERO);
        follow(Duration.ofHours(3));
        follow(Duration.ZERO);

        assertThat(scheduler.isInStandbyMode()).isTrue();
    }
}
