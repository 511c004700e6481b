package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommit;
import dev.bes.orchestrator.pipeline.submit.CommittedCalls;
import dev.bes.orchestrator.pipeline.submit.NamedSubmission;
import dev.bes.orchestrator.pipeline.submit.OneCallScoring;
import dev.bes.orchestrator.pipeline.submit.Submission;
import dev.bes.orchestrator.pipeline.submit.TwoStepSubmission;
import dev.bes.orchestrator.pipeline.submit.UnnamedSubmission;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.OneCallService;
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
 * Brings a staged set to work by the submit protocol of its endpoint's class, and scores at once what needs no remote job.
 * Knows classes of remote services, and no service.
 */
@Component
public class Launch {
    private final OutcomeCommit outcomeCommit;
    private final Endpoints endpoints;
    private final TwoStepSubmission twoStep;
    private final NamedSubmission named;
    private final UnnamedSubmission unnamed;
    private final OneCallScoring oneCall;
    private final CommittedCalls calls;
    private final WakeUps wakeUps;

    public Launch(
            OutcomeCommit outcomeCommit,
            Endpoints endpoints,
            TwoStepSubmission twoStep,
            NamedSubmission named,
            UnnamedSubmission unnamed,
            OneCallScoring oneCall,
            CommittedCalls calls,
            WakeUps wakeUps) {
        this.outcomeCommit = outcomeCommit;
        this.endpoints = endpoints;
        this.twoStep = twoStep;
        this.named = named;
        this.unnamed = unnamed;
        this.oneCall = oneCall;
        this.calls = calls;
        this.wakeUps = wakeUps;
    }

    /**
     * Commits what staging found out, and launches what is staged.
     *
     * @param staged outcomes of one endpoint's scorings
     */
    public void launch(List<? extends Outcome> staged) {
        List<Claim> held = outcomeCommit.commit(staged).held();
        if (held.isEmpty()) {
            return;
        }
        String endpoint = held.getFirst().endpoint();
        @Nullable OneCallService service = endpoints.oneCall(endpoint);
        Predicate<Claim> suits = claim -> service != null && oneCall.suits(claim);
        submit(endpoint, Submission.those(held, suits.negate()));
        List<Claim> small = Submission.those(held, suits);
        if (service != null && !small.isEmpty()) {
            // after the others: these calls are the only ones that wait for the work itself
            calls.makeIntended(small, (claim, nonce) -> oneCall.execute(service, claim, nonce));
            wakeUps.ringHere(Sweep.COLLECT, endpoint);
        }
    }

    private void submit(String endpoint, List<Claim> claims) {
        switch (endpoints.jobs(endpoint)) {
            case TwoStepJobs jobs -> twoStep.launch(jobs, claims);
            case NamedJobs jobs -> named.launch(jobs, claims);
            case UnnamedJobs jobs -> unnamed.launch(jobs, claims);
        }
    }
}
