package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.claim.DueWork;
import dev.bes.orchestrator.run.claim.DueWork.Due;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.fold.Folds;
import java.time.Duration;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Polls the database for due work of all sweeps, and wakes those that have some. First it gathers what shares remote jobs. */
@Component
class DueWorkPoller {
    private final DueWork dueWork;
    private final Folds folds;
    private final WakeUps wakeUps;
    private final Duration idleInterval;

    DueWorkPoller(DueWork dueWork, Folds folds, WakeUps wakeUps, PipelineSettings settings) {
        this.dueWork = dueWork;
        this.folds = folds;
        this.wakeUps = wakeUps;
        this.idleInterval = settings.idleInterval();
    }

    /**
     * Polls once.
     *
     * @param endpoints the endpoints of this node
     * @return the time until the next poll: until work is due, but between half and all of the idle interval
     */
    Duration poll(Collection<String> endpoints) {
        folds.gather();
        Duration next = idleInterval;
        for (Due due : dueWork.next(endpoints)) {
            if (!due.in().isPositive()) {
                wakeUps.ringHere(due.sweep(), due.endpoint());
            } else if (due.in().compareTo(next) < 0) {
                next = due.in();
            }
        }
        Duration min = idleInterval.dividedBy(2);
        return next.compareTo(min) < 0 ? min : next;
    }
}
