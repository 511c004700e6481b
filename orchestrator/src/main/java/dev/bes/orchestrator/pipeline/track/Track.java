package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.rows.RowScoring;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Polls started jobs that are due, or cancels them. Where there are no jobs, it scores rows. */
@Component
public class Track {
    private final ConcurrentCalls concurrentCalls;
    private final ItemGuard itemGuard;
    private final Endpoints endpoints;
    private final RowScoring rowScoring;
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
            Endpoints endpoints,
            RowScoring rowScoring,
            Poll poll,
            Stop stop,
            OutcomeCommitter outcomeCommitter,
            PollSchedule pollSchedule,
            WakeUps wakeUps,
            Handover handover,
            PipelineSettings settings) {
        this.concurrentCalls = concurrentCalls;
        this.itemGuard = itemGuard;
        this.endpoints = endpoints;
        this.rowScoring = rowScoring;
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
            commit(outcomes, set);
        } else if (!handover.tryHandOver(finished, () -> collect(outcomes, set, finished, collect))) {
            commit(outcomes, set);
            wakeUps.ringHere(Sweep.COLLECT, finished.getFirst().endpoint());
            pollSchedule.recordDurations(finished);
        }
    }

    private void collect(List<Outcome> outcomes, List<Claim> set, List<Claim> finished, Consumer<List<Claim>> collect) {
        List<Claim> held = commit(outcomes.stream().map(this::keepLease).toList(), set);
        pollSchedule.recordDurations(finished);
        if (!held.isEmpty()) {
            collect.accept(held);
        }
    }

    /** Commits the outcomes. Scorings whose rows are not all scored go on at once, as others of their endpoint do. */
    private List<Claim> commit(List<Outcome> outcomes, List<Claim> set) {
        List<Claim> held = outcomeCommitter.commit(outcomes).held();
        set.stream()
                .map(Claim::endpoint)
                .distinct()
                .filter(endpoint -> endpoints.rows(endpoint) != null)
                .forEach(endpoint -> wakeUps.ringHere(Sweep.TRACK, endpoint));
        return held;
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
        @Nullable RowService rows = endpoints.rows(claim.endpoint());
        if (rows != null) {
            return rowScoring.work(rows, claim);
        }
        return claim.stopReason() == null ? poll.poll(claim) : stop.stop(claim, claim.stopReason());
    }
}
