package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.claim.DueTimes;
import dev.bes.orchestrator.run.claim.DueTimes.Due;
import dev.bes.orchestrator.run.claim.Wakeups;
import java.time.Duration;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** Looks for work in the place of all sweeps, and wakes only those that have some. */
@Component
class Watch {
    private final DueTimes dueTimes;
    private final Wakeups wakeups;
    private final Duration idle;

    Watch(DueTimes dueTimes, Wakeups wakeups, PipelineSettings settings) {
        this.dueTimes = dueTimes;
        this.wakeups = wakeups;
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
        for (Due due : dueTimes.next(endpoints)) {
            if (!due.in().isPositive()) {
                wakeups.ringHere(due.sweep(), due.endpoint());
            } else if (due.in().compareTo(next) < 0) {
                next = due.in();
            }
        }
        Duration soonest = idle.dividedBy(2);
        return next.compareTo(soonest) < 0 ? soonest : next;
    }
}
