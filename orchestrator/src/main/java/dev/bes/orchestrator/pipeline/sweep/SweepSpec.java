package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Sweep;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Describes one of the three sweeps.
 *
 * @param sweep the sweep
 * @param loops number of sets that are processed at the same time for each endpoint
 * @param maxJobs maximum number of concurrent remote jobs of an endpoint, if that limits the claims
 * @param callBudget number of scorings of an endpoint that the call limits allow now
 * @param pauses whether it pauses after its work, so that its next set is larger: each set costs the same
 * @param work processes a claimed set
 */
record SweepSpec(
        Sweep sweep,
        int loops,
        ToIntFunction<String> maxJobs,
        ToIntFunction<String> callBudget,
        boolean pauses,
        Consumer<List<Claim>> work) {}
