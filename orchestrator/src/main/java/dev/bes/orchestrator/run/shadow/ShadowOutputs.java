package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a shadow is compared with, and what that has found. */
public interface ShadowOutputs {

    /**
     * The scoring that a shadow belongs to.
     *
     * @param run its run
     * @param position its number in the run
     * @param outputs its delivered outputs by name
     * @param part where the only one is in the answer to a job that scorings share; null if it is a blob of its own
     */
    record Delivered(long run, int position, Map<String, DeliveredOutput> outputs, Claim.@Nullable Part part) {}

    /** What was delivered of the scoring that this run is the shadow of; empty if it was purged. */
    Optional<Delivered> deliveredOf(long shadowRun);

    /** Keeps what was found, until the end of the shadow makes it the verdict. */
    void keep(long shadowRun, Comparison found);
}
