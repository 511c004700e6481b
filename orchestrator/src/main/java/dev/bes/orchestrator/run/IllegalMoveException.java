package dev.bes.orchestrator.run;

/** A move that the table of legal moves does not have: a mistake of ours, never of a remote side. */
public final class IllegalMoveException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public IllegalMoveException(Move move) {
        super("Scoring %d may not move from %s/%s to %s/%s (attempt %d to %d)"
                .formatted(
                        move.claim().scoring(),
                        move.claim().scoringState().step(),
                        move.claim().scoringState().state().word(),
                        move.to().step(),
                        move.to().state().word(),
                        move.claim().attempt(),
                        move.attempt()));
    }
}
