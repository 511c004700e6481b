package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.OutcomeCommitter.Committed;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The protocol of two steps: a submit returns the id of the job, and a start runs it. A submit whose answer is lost is
 * repeated, because its job is never started. The id is committed before the start, so the running job is always known.
 */
@Component
public class TwoStepSubmission implements Submission<TwoStepJobs> {
    private final SubmitCalls calls;
    private final Submit submit;
    private final Start start;
    private final OrphanedJobs orphanedJobs;

    public TwoStepSubmission(SubmitCalls calls, Submit submit, Start start, OrphanedJobs orphanedJobs) {
        this.calls = calls;
        this.submit = submit;
        this.start = start;
        this.orphanedJobs = orphanedJobs;
    }

    @Override
    public void launch(TwoStepJobs jobs, List<Claim> claims) {
        List<Claim> recovered = Submission.at(Step.SUBMITTED, claims);
        List<Claim> staged = calls.call(Submission.at(Step.STAGED, claims), claim -> submit.probe(jobs, claim))
                .held();
        Committed bound = calls.callWithIntents(staged, (claim, nonce) -> submit.submit(jobs, claim, nonce));
        orphanedJobs.cancelUnstarted(jobs, bound.stale());
        Set<Long> fresh = bound.held().stream().map(Claim::scoring).collect(Collectors.toSet());
        List<Claim> all =
                Stream.concat(bound.held().stream(), recovered.stream()).toList();
        calls.call(all, claim -> fresh.contains(claim.scoring()) ? start.first(jobs, claim) : start.again(jobs, claim));
    }
}
