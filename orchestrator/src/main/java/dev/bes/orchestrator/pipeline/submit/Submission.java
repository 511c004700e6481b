package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.util.List;
import java.util.function.Predicate;

/**
 * The submit protocol of one class of remote services. Every protocol commits an intent before each call that creates a job.
 * It sends no call after which a job may run before the scoring is committed as SUBMITTED.
 *
 * @param <J> the jobs of that class
 */
public interface Submission<J extends RemoteJobs> {

    /**
     * Submits and starts the jobs of scorings, and commits the outcomes.
     *
     * @param claims claims of one endpoint at STAGED, or left at SUBMITTED by an earlier claim
     */
    void launch(J jobs, List<Claim> claims);

    /** Selects the claims at a step. */
    static List<Claim> at(Step step, List<Claim> claims) {
        return those(claims, claim -> claim.scoringState().step() == step);
    }

    /** Selects the claims that match. */
    static List<Claim> those(List<Claim> claims, Predicate<Claim> which) {
        return claims.stream().filter(which).toList();
    }
}
