package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.claim.DueWork;
import dev.bes.orchestrator.run.claim.DueWork.Due;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.time.Duration;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Looks for work in the place of all sweeps, and wakes only those that have some. */
@Component
class DueWorkPoller {
    private final DueWork dueWork;
    private final WakeUps wakeUps;
    private final Duration idle;

    DueWorkPoller(DueWork dueWork, WakeUps wakeUps, PipelineSettings settings) {
        this.dueWork = dueWork;
        this.wakeUps = wakeUps;
        this.idle = settings.idle();
    }

    /**
     * Looks once.
     *
     * @param endpoints where
     * @return when to look again: when something is due next, but neither at once nor later than after an idle time
     */
    Duration look(Collection<String> endpoints) {
        Duration next = idle;
        for (Due due : dueWork.next(endpoints)) {
            if (!due.in().isPositive()) {
                wakeUps.ringHere(due.sweep(), due.endpoint());
            } else if (due.in().compareTo(next) < 0) {
                next = due.in();
            }
        }
        Duration soonest = idle.dividedBy(2);
        return next.compareTo(soonest) < 0 ? soonest : next;
    }
}
