package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

class QuartzPurgeTests {
    private final Cluster cluster = new Cluster();
    private final Scheduler scheduler = cluster.join("one");

    @AfterEach
    void stop() throws SchedulerException {
        cluster.close();
    }

    @Test
    void forgetsFiresThatNobodyEverEnded() throws SchedulerException {
        cluster.fired("long-ago", "EXECUTING", "d", Instant.now().minus(Duration.ofDays(8)));
        cluster.fired("lately", "EXECUTING", "d", Instant.now().minus(Duration.ofDays(6)));
        QuartzPurge purge = new QuartzPurge(cluster.jdbc, scheduler);

        assertThat(purge.purge(Duration.ofDays(7), 500)).isEqualTo(1);
        assertThat(cluster.jdbc
                        .sql("SELECT instance_name FROM qrtz_fired_triggers WHERE sched_name = ?")
                        .param(cluster.name)
                        .query(String.class)
                        .list())
                .containsExactly("lately");
    }
}
