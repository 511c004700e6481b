package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The result of one step of the pipeline for one claimed scoring: a move, a deferral, or no change. */
public sealed interface Outcome {
    /** The scoring moves to another state. */
    record Moved(Move move) implements Outcome {}

    /** The scoring keeps its state and is due again later. */
    record Deferred(Deferral deferral) implements Outcome {}

    /** The scoring is ready for the next step without a change. */
    record Unchanged(Claim claim) implements Outcome {}

    static Outcome move(Move move) {
        return new Moved(move);
    }

    /**
     * The scoring waits until it is due again.
     *
     * @param failure why it waits; null if it waits without a failure
     */
    static Outcome deferred(Claim claim, Duration due, @Nullable String failure) {
        return new Deferred(new Deferral(claim, due, failure));
    }

    /** A deferral because the remote service does not know the job. */
    static Outcome jobUnknown(Claim claim, Duration due, String failure) {
        return new Deferred(new Deferral(claim, due, failure, true));
    }
}
