package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.trace.RunTraces;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs a step of one scoring of a set, and keeps its exceptions from the others of the set. Begins no step of a scoring whose
 * claim was lost, or of a node that shuts down. Sets the run number as {@code run} and the position as {@code scoring} in the
 * MDC.
 */
public class ItemGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ItemGuard.class);

    private final Predicate<Claim> held;
    private final RetryPolicy retryPolicy;
    private final RunTraces traces;
    private volatile boolean shuttingDown;

    /** @param held whether this node still holds a claim */
    public ItemGuard(Predicate<Claim> held, RetryPolicy retryPolicy) {
        this(held, retryPolicy, RunTraces.OFF);
    }

    /** Makes a span of each step. */
    public ItemGuard(Predicate<Claim> held, RetryPolicy retryPolicy, RunTraces traces) {
        this.held = held;
        this.retryPolicy = retryPolicy;
        this.traces = traces;
    }

    /** Begins no more steps, except for jobs whose id is committed: another node would wait for a start that was never sent. */
    public void shutDown() {
        shuttingDown = true;
    }

    /** The outcome of a step, or a deferral if the step threw an exception. */
    public Outcome run(Claim claim, Function<Claim, Outcome> step) {
        if (!held.test(claim) || (shuttingDown && claim.scoringState().step() != Step.SUBMITTED)) {
            return Outcome.deferred(claim, Duration.ZERO, null);
        }
        try (MDC.MDCCloseable _ = MDC.putCloseable("run", Long.toString(claim.run()));
                MDC.MDCCloseable _ = MDC.putCloseable("scoring", Integer.toString(claim.position()))) {
            return traces.step(claim, () -> logged(claim, step.apply(claim)));
        } catch (RuntimeException e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug(
                        "Scoring {} of run {} was interrupted by a database outage", claim.position(), claim.run(), e);
                return Outcome.deferred(
                        claim, retryPolicy.callDelay(claim), "The database was not reachable during this step");
            }
            LOG.error(
                    "Scoring {} of run {} failed with an unexpected exception: a bug of the orchestrator. The step is tried again later",
                    claim.position(),
                    claim.run(),
                    e);
            return Outcome.deferred(
                    claim,
                    retryPolicy.callDelay(claim),
                    "An unexpected exception occurred, see the log of the node: " + e);
        }
    }

    private static Outcome logged(Claim claim, Outcome outcome) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "Scoring {} of run {}, attempt {}, at {}: {}",
                    claim.position(),
                    claim.run(),
                    claim.attempt(),
                    claim.scoringState().step(),
                    describe(outcome));
        }
        return outcome;
    }

    private static String describe(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Moved(var move) ->
                "moves to %s, %s%s".formatted(move.to().step(), move.to().state(), suffix(move.cause()));
            case Outcome.Deferred(var deferral) ->
                "waits for %s%s".formatted(deferral.due(), suffix(deferral.failure()));
            default -> "continues";
        };
    }

    private static String suffix(@Nullable String text) {
        return text == null ? "" : ": " + text;
    }
}
