package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Polls started jobs that are due, or cancels them. */
@Component
public class Track {
    private final ConcurrentCalls concurrentCalls;
    private final ItemGuard itemGuard;
    private final Poll poll;
    private final Stop stop;
    private final OutcomeCommitter outcomeCommitter;
    private final PollSchedule pollSchedule;
    private final WakeUps wakeUps;
    private final Handover handover;
    private final PipelineSettings settings;

    public Track(
            ConcurrentCalls concurrentCalls,
            ItemGuard itemGuard,
            Poll poll,
            Stop stop,
            OutcomeCommitter outcomeCommitter,
            PollSchedule pollSchedule,
            WakeUps wakeUps,
            Handover handover,
            PipelineSettings settings) {
        this.concurrentCalls = concurrentCalls;
        this.itemGuard = itemGuard;
        this.poll = poll;
        this.stop = stop;
        this.outcomeCommitter = outcomeCommitter;
        this.pollSchedule = pollSchedule;
        this.wakeUps = wakeUps;
        this.handover = handover;
        this.settings = settings;
    }

    /** Takes over work on a claimed set from the loop that claimed it. */
    public interface Handover {
        /**
         * Runs the work on another thread, and renews the lease of the set meanwhile, if a thread is free.
         *
         * @return false if no thread is free; then the work is not done
         */
        boolean tryHandOver(List<Claim> set, Runnable work);
    }

    /**
     * Polls or cancels each job of a set, and commits the outcomes. Finished scorings are handed over to be collected at once,
     * if possible: to release and claim them again would cost one more update of each row.
     *
     * @param collect collects finished scorings
     */
    public void follow(List<Claim> set, Consumer<List<Claim>> collect) {
        List<Outcome> outcomes = concurrentCalls.map(set, claim -> itemGuard.run(claim, this::pollOrStop));
        List<Claim> finished = finished(outcomes);
        if (finished.isEmpty()) {
            outcomeCommitter.commit(outcomes);
        } else if (!handover.tryHandOver(finished, () -> collect(outcomes, finished, collect))) {
            outcomeCommitter.commit(outcomes);
            wakeUps.ringHere(Sweep.COLLECT, finished.getFirst().endpoint());
            pollSchedule.recordDurations(finished);
        }
    }

    private void collect(List<Outcome> outcomes, List<Claim> finished, Consumer<List<Claim>> collect) {
        List<Claim> held = outcomeCommitter
                .commit(outcomes.stream().map(this::keepLease).toList())
                .held();
        pollSchedule.recordDurations(finished);
        if (!held.isEmpty()) {
            collect.accept(held);
        }
    }

    private Outcome keepLease(Outcome outcome) {
        return outcome instanceof Outcome.Moved(var move) && move.to().step() == Step.SCORED
                ? Outcome.move(move.holding(settings.lease()))
                : outcome;
    }

    private static List<Claim> finished(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(o -> o instanceof Outcome.Moved(var move) && move.to().step() == Step.SCORED)
                .map(o -> ((Outcome.Moved) o).move().claim())
                .toList();
    }

    private Outcome pollOrStop(Claim claim) {
        return claim.stopReason() == null ? poll.poll(claim) : stop.stop(claim, claim.stopReason());
    }
}
