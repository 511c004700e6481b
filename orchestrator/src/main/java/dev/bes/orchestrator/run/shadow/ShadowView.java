package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the shadow of a scoring, as its user sees it.
 *
 * @param run the run whose output is delivered
 * @param position number of the scoring in it
 * @param endpoint the endpoint that scores it, too
 * @param shadowRun the run that does; null if it was skipped, or is purged
 * @param verdict null while the shadow is under way
 * @param cause why there is no comparison; null if there is one
 * @param outputs the differences by output; empty if there is no comparison
 * @param begunAt when the output was accepted
 * @param endedAt when the verdict was known
 */
public record ShadowView(
        long run,
        int position,
        String endpoint,
        @Nullable Long shadowRun,
        @Nullable Verdict verdict,
        @Nullable String cause,
        List<OutputDifference> outputs,
        Instant begunAt,
        @Nullable Instant endedAt) {}
