package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.node.Heartbeat;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Puts the scheduler of this node in standby while the node may take no work. Other nodes fire meanwhile. */
@Component
class SchedulerStandby {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerStandby.class);

    private final Scheduler scheduler;
    private final Heartbeat heartbeat;
    private boolean standingBy;
    private boolean logged;

    SchedulerStandby(Scheduler scheduler, Heartbeat heartbeat) {
        this.scheduler = scheduler;
        this.heartbeat = heartbeat;
    }

    /** Follows the fitness of the node. */
    @Scheduled(fixedRate = 1_000)
    synchronized void follow() throws SchedulerException {
        String unfit = heartbeat.unfit();
        if (unfit != null && !standingBy && !scheduler.isInStandbyMode()) {
            logged = !heartbeat.isOutageLogged() && !unfit.equals(Heartbeat.BACK);
            if (logged) {
                LOG.warn("The schedules of this node stand by: {}", unfit);
            }
            scheduler.standby();
            standingBy = true;
        } else if (unfit == null && standingBy) {
            if (logged) {
                LOG.info("The schedules of this node fire again");
            }
            scheduler.start();
            standingBy = false;
        }
    }
}
