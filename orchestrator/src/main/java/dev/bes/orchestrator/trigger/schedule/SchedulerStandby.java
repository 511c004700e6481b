package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.node.Heartbeat;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the schedules of this node from firing while it may take on no work; other nodes fire them meanwhile. */
@Component
class SchedulerStandby {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerStandby.class);

    private final Scheduler scheduler;
    private final Heartbeat heartbeat;
    private boolean standingBy;
    private boolean told;

    SchedulerStandby(Scheduler scheduler, Heartbeat heartbeat) {
        this.scheduler = scheduler;
        this.heartbeat = heartbeat;
    }

    /** Looks whether the node is fit. */
    @Scheduled(fixedRate = 1_000)
    synchronized void follow() throws SchedulerException {
        String unfit = heartbeat.unfit();
        if (unfit != null && !standingBy && !scheduler.isInStandbyMode()) {
            told = !heartbeat.isOutageTold() && !unfit.equals(Heartbeat.BACK);
            if (told) {
                LOG.warn("The schedules of this node stand by: {}", unfit);
            }
            scheduler.standby();
            standingBy = true;
        } else if (unfit == null && standingBy) {
            if (told) {
                LOG.info("The schedules of this node go on");
            }
            scheduler.start();
            standingBy = false;
        }
    }
}
