package dev.bes.orchestrator.run.move;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import org.jspecify.annotations.Nullable;

/**
 * A move as a row of the statement that makes it.
 *
 * @param run the run of the scoring
 * @param definition the name of its definition
 * @param waits whether no sweep may claim the scoring afterwards: its carrier moves it, or a fold is yet to take it
 * @param foldDueMs when it may join a fold, from now; null if it waits for none
 * @param leavesFold whether it has no carrier afterwards
 */
record MoveRow(
        @JsonIgnore long run,
        @JsonIgnore String definition,
        long id,
        long epoch,
        Step fromStep,
        State fromState,
        int fromAttempt,
        @Nullable String fromStopReason,
        Step toStep,
        State toState,
        int toAttempt,
        @Nullable String toStopReason,
        long dueMs,
        boolean ended,
        boolean hold,
        @Nullable String attention,
        boolean resumed,
        boolean inputUnreadable,
        @Nullable String cause,
        @Nullable String remoteWord,
        boolean waits,
        @Nullable Long foldDueMs,
        boolean leavesFold,
        @JsonUnwrapped @Nullable AttemptFacts facts) {

    static MoveRow of(Move move) {
        Claim claim = move.claim();
        boolean again = claim.isMember()
                && move.to().step() == Step.PLANNED
                && !move.to().state().ended();
        return new MoveRow(
                claim.run(),
                claim.definition().name(),
                claim.scoring(),
                claim.epoch(),
                claim.scoringState().step(),
                claim.scoringState().state(),
                claim.attempt(),
                column(claim.stopReason()),
                move.to().step(),
                move.to().state(),
                move.attempt(),
                column(move.stopReason()),
                move.due().toMillis(),
                move.to().state().ended(),
                move.hold(),
                move.attention() == null ? null : move.attention().word(),
                move.fact() instanceof Move.Fact.Resumed,
                move.fact() instanceof Move.Fact.InputUnreadable,
                move.cause(),
                move.remoteWord(),
                again,
                again ? (Long) move.due().toMillis() : null,
                again,
                AttemptFacts.of(move));
    }

    /** Whether it begins another attempt. */
    boolean isNextAttempt() {
        return toAttempt > fromAttempt;
    }

    private static @Nullable String column(@Nullable StopReason stopReason) {
        return stopReason == null ? null : stopReason.column();
    }
}
