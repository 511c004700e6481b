package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.OutcomeCommit.Committed;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Two steps: the submit tells the id, and nothing runs before the start. A lost id leaves a job that nobody can start, so that a
 * submit is simply made again; the id is committed before the start, so that the one job of an attempt is always known.
 */
@Component
public class TwoStepSubmission implements Submission<TwoStepJobs> {
    private final CommittedCalls calls;
    private final Submit submit;
    private final Start start;
    private final OrphanedJobs orphanedJobs;

    public TwoStepSubmission(CommittedCalls calls, Submit submit, Start start, OrphanedJobs orphanedJobs) {
        this.calls = calls;
        this.submit = submit;
        this.start = start;
        this.orphanedJobs = orphanedJobs;
    }

    @Override
    public void launch(TwoStepJobs jobs, List<Claim> claims) {
        List<Claim> recovered = Submission.at(Step.SUBMITTED, claims);
        List<Claim> staged = calls.make(Submission.at(Step.STAGED, claims), claim -> submit.probe(jobs, claim))
                .held();
        Committed bound = calls.makeIntended(staged, (claim, nonce) -> submit.submit(jobs, claim, nonce));
        orphanedJobs.cancelUnstarted(jobs, bound.overtaken());
        Set<Long> fresh = bound.held().stream().map(Claim::scoring).collect(Collectors.toSet());
        List<Claim> all =
                Stream.concat(bound.held().stream(), recovered.stream()).toList();
        calls.make(all, claim -> fresh.contains(claim.scoring()) ? start.first(jobs, claim) : start.again(jobs, claim));
    }
}
