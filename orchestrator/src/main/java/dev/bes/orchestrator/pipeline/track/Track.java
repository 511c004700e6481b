package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommit;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Polls started jobs that are due, and sees cancellations through. */
@Component
public class Track {
    private final ConcurrentCalls concurrentCalls;
    private final ItemGuard itemGuard;
    private final Poll poll;
    private final Stop stop;
    private final OutcomeCommit outcomeCommit;
    private final PollSchedule pollSchedule;
    private final WakeUps wakeUps;
    private final Beside beside;
    private final PipelineSettings settings;

    public Track(
            ConcurrentCalls concurrentCalls,
            ItemGuard itemGuard,
            Poll poll,
            Stop stop,
            OutcomeCommit outcomeCommit,
            PollSchedule pollSchedule,
            WakeUps wakeUps,
            Beside beside,
            PipelineSettings settings) {
        this.concurrentCalls = concurrentCalls;
        this.itemGuard = itemGuard;
        this.poll = poll;
        this.stop = stop;
        this.outcomeCommit = outcomeCommit;
        this.pollSchedule = pollSchedule;
        this.wakeUps = wakeUps;
        this.beside = beside;
        this.settings = settings;
    }

    /** Does work on a claimed set beside the loop that claimed it. */
    public interface Beside {
        /**
         * Does the work, and renews the lease of the set meanwhile, if there is room for it.
         *
         * @return whether there is
         */
        boolean takes(List<Claim> set, Runnable work);
    }

    /**
     * Asks for each job of a set how it stands, or stops it, and commits what was found out. What has finished is collected
     * as it is, where there is room for it: to let go of it and to claim it again would be one more update of each row.
     *
     * @param collect works off what has finished
     */
    public void follow(List<Claim> set, Consumer<List<Claim>> collect) {
        List<Outcome> found = concurrentCalls.each(set, claim -> itemGuard.run(claim, this::look));
        List<Claim> finished = finished(found);
        if (finished.isEmpty()) {
            outcomeCommit.commit(found);
        } else if (!beside.takes(finished, () -> hold(found, finished, collect))) {
            outcomeCommit.commit(found);
            wakeUps.ringHere(Sweep.COLLECT, finished.getFirst().endpoint());
            pollSchedule.learn(finished);
        }
    }

    private void hold(List<Outcome> found, List<Claim> finished, Consumer<List<Claim>> collect) {
        List<Claim> held =
                outcomeCommit.commit(found.stream().map(this::holding).toList()).held();
        pollSchedule.learn(finished);
        if (!held.isEmpty()) {
            collect.accept(held);
        }
    }

    private Outcome holding(Outcome outcome) {
        return outcome instanceof Outcome.Moves(var move) && move.to().step() == Step.SCORED
                ? Outcome.move(move.holding(settings.lease()))
                : outcome;
    }

    private static List<Claim> finished(List<Outcome> found) {
        return found.stream()
                .filter(o -> o instanceof Outcome.Moves(var move) && move.to().step() == Step.SCORED)
                .map(o -> ((Outcome.Moves) o).move().claim())
                .toList();
    }

    private Outcome look(Claim claim) {
        return claim.stopping() == null ? poll.poll(claim) : stop.stop(claim, claim.stopping());
    }
}
