package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.UnreadInput;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.StopReason;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stops a remote job, again and again until the remote side says that it has ended: only then is the scoring cancelled,
 * or its next attempt begun.
 */
@Component
public class Stop {
    private final Endpoints endpoints;
    private final RetryPolicy retryPolicy;
    private final NextAttempt nextAttempt;
    private final MissingJobPolicy missingJobPolicy;
    private final NonceSearch search;
    private final PipelineSettings settings;

    public Stop(
            Endpoints endpoints,
            RetryPolicy retryPolicy,
            NextAttempt nextAttempt,
            MissingJobPolicy missingJobPolicy,
            NonceSearch search,
            PipelineSettings settings) {
        this.endpoints = endpoints;
        this.retryPolicy = retryPolicy;
        this.nextAttempt = nextAttempt;
        this.missingJobPolicy = missingJobPolicy;
        this.search = search;
        this.settings = settings;
    }

    public Outcome stop(Claim claim, StopReason why) {
        RemoteJobs jobs = endpoints.jobs(claim.endpoint());
        if (jobs instanceof UnnamedJobs unnamed && claim.known().jobId() == null) {
            return search.lookToStop(
                    unnamed, claim, stopped(claim, why, "; no job was found that its call has made", null));
        }
        try {
            if (jobs instanceof UnnamedJobs unnamed && claim.position().step() == Step.SUBMITTED) {
                search.cancelOthers(unnamed, claim);
            }
            RemoteException refusal = cancel(claim, jobs);
            JobStatus status = jobs.status(claim.jobId());
            return switch (status.state()) {
                case CANCELLED -> stopped(claim, why, "", status.word());
                case FAILED ->
                    why == StopReason.DEADLINE && UnreadInput.isCause(claim, status)
                            ? nextAttempt.afterFailure(claim, status, "")
                            : stopped(claim, why, "", status.word());
                case FINISHED ->
                    stopped(claim, why, "; it finished before that reached it, and is not delivered", status.word());
                case NOT_STARTED, RUNNING, UNKNOWN ->
                    refusal == null
                            ? Outcome.later(claim, retryPolicy.nextPollByAge(age(claim)), null)
                            : trouble(claim, retryPolicy.afterTrouble(claim), refusal);
            };
        } catch (RemoteException.NotFound e) {
            if (wasNeverCreated(claim, jobs, e)) {
                return stopped(claim, why, "; its job was not created", null);
            }
            // a job that is unknown for good has nothing left to stop
            return missingJobPolicy.isLost(claim, e)
                    ? stopped(claim, why, "; the remote side does not know its job any more", null)
                    : missingJobPolicy.of(claim, e, words(claim, e));
        } catch (RemoteException.Throttled e) {
            return trouble(claim, e.retryAfter(), e);
        } catch (RemoteException e) {
            return trouble(claim, retryPolicy.afterTrouble(claim), e);
        }
    }

    /** A job under our name that is not there when the call that creates it can no longer be on its way. */
    private boolean wasNeverCreated(Claim claim, RemoteJobs jobs, RemoteException.NotFound e) {
        Duration since = claim.known().sinceBound();
        return jobs instanceof NamedJobs
                && claim.position().step() == Step.SUBMITTED
                && !e.isAddress()
                && since != null
                && since.compareTo(settings.startGrace()) >= 0;
    }

    /**
     * A job that has ended may refuse to be cancelled, and a gateway may not know the operation: how the job stands tells more
     * than the refusal.
     */
    private static @Nullable RemoteException cancel(Claim claim, RemoteJobs jobs) {
        try {
            jobs.cancel(claim.jobId());
            return null;
        } catch (RemoteException.Rejected | RemoteException.Refused e) {
            return e;
        } catch (RemoteException.NotFound e) {
            if (e.isAddress()) {
                return e;
            }
            throw e;
        }
    }

    private Outcome stopped(Claim claim, StopReason why, String butThen, @Nullable String word) {
        return switch (why) {
            case CANCEL -> Outcome.move(Move.cancelled(claim, "cancelled on request" + butThen, word));
            case DEADLINE -> nextAttempt.orFail(claim, tooLong(claim) + " and was cancelled" + butThen, word);
        };
    }

    private static Duration age(Claim claim) {
        Duration since = claim.known().sinceStarted();
        return since == null ? Duration.ZERO : since;
    }

    static String tooLong(Claim claim) {
        return "Job %s took longer than its deadline of %s"
                .formatted(claim.jobId(), DurationWords.of(claim.definition().deadline()));
    }

    private static Outcome trouble(Claim claim, Duration due, RemoteException e) {
        return Outcome.later(claim, due, words(claim, e));
    }

    private static String words(Claim claim, RemoteException e) {
        return "Cannot cancel job " + claim.jobId() + " yet: " + e.getMessage();
    }
}
