package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter;
import dev.bes.orchestrator.pipeline.submit.NamedSubmission;
import dev.bes.orchestrator.pipeline.submit.OneCallScoring;
import dev.bes.orchestrator.pipeline.submit.RowSubmission;
import dev.bes.orchestrator.pipeline.submit.Submission;
import dev.bes.orchestrator.pipeline.submit.SubmitCalls;
import dev.bes.orchestrator.pipeline.submit.TwoStepSubmission;
import dev.bes.orchestrator.pipeline.submit.UnnamedSubmission;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Launches a staged set by the submit protocol of its endpoint. Small scorings that need no remote job are scored by one call.
 * Depends on the classes of remote services only, and on no concrete service.
 */
@Component
public class Launch {
    private final OutcomeCommitter outcomeCommitter;
    private final Endpoints endpoints;
    private final TwoStepSubmission twoStep;
    private final NamedSubmission named;
    private final UnnamedSubmission unnamed;
    private final RowSubmission rows;
    private final OneCallScoring oneCall;
    private final SubmitCalls calls;
    private final WakeUps wakeUps;

    public Launch(
            OutcomeCommitter outcomeCommitter,
            Endpoints endpoints,
            TwoStepSubmission twoStep,
            NamedSubmission named,
            UnnamedSubmission unnamed,
            RowSubmission rows,
            OneCallScoring oneCall,
            SubmitCalls calls,
            WakeUps wakeUps) {
        this.outcomeCommitter = outcomeCommitter;
        this.endpoints = endpoints;
        this.twoStep = twoStep;
        this.named = named;
        this.unnamed = unnamed;
        this.rows = rows;
        this.oneCall = oneCall;
        this.calls = calls;
        this.wakeUps = wakeUps;
    }

    /**
     * Commits the outcomes of staging, and launches the scorings that are staged.
     *
     * @param staged outcomes of scorings of one endpoint
     */
    public void launch(List<? extends Outcome> staged) {
        List<Claim> held = outcomeCommitter.commit(staged).held();
        if (held.isEmpty()) {
            return;
        }
        String endpoint = held.getFirst().endpoint();
        @Nullable OneCallService service = endpoints.oneCall(endpoint);
        Predicate<Claim> byOneCall = claim -> service != null && oneCall.accepts(claim);
        submit(endpoint, Submission.those(held, byOneCall.negate()));
        List<Claim> small = Submission.those(held, byOneCall);
        if (service != null && !small.isEmpty()) {
            // last, because only these calls return when the scoring is done
            calls.callWithIntents(small, (claim, nonce) -> oneCall.score(service, claim, nonce));
            wakeUps.ringHere(Sweep.COLLECT, endpoint);
        }
    }

    private void submit(String endpoint, List<Claim> claims) {
        @Nullable RowService service = endpoints.rows(endpoint);
        if (service != null) {
            rows.launch(service, claims);
            return;
        }
        switch (endpoints.jobs(endpoint)) {
            case TwoStepJobs jobs -> twoStep.launch(jobs, claims);
            case NamedJobs jobs -> named.launch(jobs, claims);
            case UnnamedJobs jobs -> unnamed.launch(jobs, claims);
        }
    }
}
