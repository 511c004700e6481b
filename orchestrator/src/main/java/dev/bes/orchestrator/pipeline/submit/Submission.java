package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.util.List;
import java.util.function.Predicate;

/**
 * The submit protocol of one class of remote services. Whatever the class: an intent is committed before each call that makes a
 * job, and no call after which a job may be at work is sent before its scoring is committed as SUBMITTED.
 *
 * @param <J> the jobs of that class
 */
public interface Submission<J extends RemoteJobs> {

    /**
     * Brings scorings to work on the remote side, and commits what came of it.
     *
     * @param claims of one endpoint: staged ones, and those that were left at SUBMITTED
     */
    void launch(J jobs, List<Claim> claims);

    /** The claims that stand at a step. */
    static List<Claim> at(Step step, List<Claim> claims) {
        return those(claims, claim -> claim.position().step() == step);
    }

    /** The claims that meet a condition. */
    static List<Claim> those(List<Claim> claims, Predicate<Claim> which) {
        return claims.stream().filter(which).toList();
    }
}
