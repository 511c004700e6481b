package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a step of the pipeline found out about one claimed scoring. */
public sealed interface Outcome {
    /** It moves. */
    record Moves(Move move) implements Outcome {}

    /** It stays where it is and is looked at again later. */
    record Waits(Deferral deferral) implements Outcome {}

    /** It is ready for the next step as it stands. */
    record Ready(Claim claim) implements Outcome {}

    static Outcome move(Move move) {
        return new Moves(move);
    }

    static Outcome later(Claim claim, Duration due, @Nullable String trouble) {
        return new Waits(new Deferral(claim, due, trouble));
    }

    /** The remote side does not know the job, for now. */
    static Outcome missing(Claim claim, Duration due, String trouble) {
        return new Waits(new Deferral(claim, due, trouble, true));
    }
}
