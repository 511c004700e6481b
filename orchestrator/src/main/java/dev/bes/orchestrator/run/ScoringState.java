package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.State.CANCELLED;
import static dev.bes.orchestrator.run.State.FAILED;
import static dev.bes.orchestrator.run.State.FINISHED;
import static dev.bes.orchestrator.run.State.NOT_STARTED;
import static dev.bes.orchestrator.run.State.RUNNING;
import static dev.bes.orchestrator.run.Step.DELIVERED;
import static dev.bes.orchestrator.run.Step.PLANNED;
import static dev.bes.orchestrator.run.Step.SCORED;
import static dev.bes.orchestrator.run.Step.STAGED;
import static dev.bes.orchestrator.run.Step.STARTED;
import static dev.bes.orchestrator.run.Step.SUBMITTED;

import java.util.Arrays;
import java.util.List;

/**
 * The step and the state of a scoring, and the only table of legal moves.
 *
 * @param step the last fact durably known
 * @param state the public state
 */
public record ScoringState(Step step, State state) {

    /**
     * Whether a scoring that shares the job of another one may move so with it, besides its own moves: a staged one starts with the job,
     * or is tried again without it.
     */
    public boolean mayFollowTo(ScoringState to) {
        ScoringState planned = new ScoringState(PLANNED, NOT_STARTED);
        boolean shares = step == STAGED && !state.ended();
        return mayMoveTo(to)
                || (mayTryAgain() && to.equals(planned))
                || (shares && (to.equals(planned) || to.equals(new ScoringState(STARTED, NOT_STARTED))));
    }

    /** Whether a scoring may make that move itself. */
    boolean allows(Move move) {
        if (move.attempt() != move.claim().attempt()) {
            return move.attempt() == move.claim().attempt() + 1
                    && mayTryAgain()
                    && move.to().equals(new ScoringState(PLANNED, NOT_STARTED));
        }
        // without a remote job of its own in between, only an answer makes a staged scoring a scored one
        boolean isAnswer = step == STAGED && move.to().step() == SCORED;
        return mayMoveTo(move.to()) && isAnswer == (move.fact() instanceof Move.Fact.Answered);
    }

    /** Whether a scoring may move to another state within one attempt. A stop reason changes neither step nor state. */
    boolean mayMoveTo(ScoringState to) {
        if (state.ended()) {
            return false;
        }
        if (to.state == FAILED || to.state == CANCELLED) {
            return to.step == step;
        }
        return to.equals(this) || onwards().contains(to);
    }

    /** Whether a new attempt may begin: only after the remote job has ended, or its output was refused. */
    boolean mayTryAgain() {
        return !state.ended() && (step == STARTED || step == SCORED);
    }

    private List<ScoringState> onwards() {
        return switch (step) {
            case PLANNED -> at(STAGED, NOT_STARTED);
            case STAGED -> List.of(new ScoringState(SUBMITTED, NOT_STARTED), new ScoringState(SCORED, RUNNING));
            case SUBMITTED -> at(STARTED, NOT_STARTED);
            case STARTED -> List.of(new ScoringState(STARTED, RUNNING), new ScoringState(SCORED, RUNNING));
            case SCORED -> at(DELIVERED, FINISHED);
            case DELIVERED -> List.of();
        };
    }

    private static List<ScoringState> at(Step step, State state) {
        return List.of(new ScoringState(step, state));
    }

    /** Every step and state that a scoring can have. */
    public static List<ScoringState> all() {
        return Arrays.stream(Step.values())
                .flatMap(step -> Arrays.stream(State.values()).map(state -> new ScoringState(step, state)))
                .filter(ScoringState::exists)
                .toList();
    }

    private boolean exists() {
        return switch (state) {
            case NOT_STARTED -> step.compareTo(STARTED) <= 0;
            case RUNNING -> step == STARTED || step == SCORED;
            case FAILED, CANCELLED -> step != DELIVERED;
            case FINISHED -> step == DELIVERED;
        };
    }
}
