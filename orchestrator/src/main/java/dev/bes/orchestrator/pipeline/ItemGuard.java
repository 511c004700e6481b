package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs the steps of single scorings. A node that has lost a scoring, or is ending, begins nothing new with it; and a mistake
 * of ours that one scoring brings to light does not harm the others of its set. What is logged meanwhile carries the number
 * of the run, {@code run} in the MDC.
 */
public class ItemGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ItemGuard.class);

    private final Predicate<Claim> held;
    private final RetryPolicy retryPolicy;
    private volatile boolean ending;

    /** @param held whether a claim is still ours */
    public ItemGuard(Predicate<Claim> held, RetryPolicy retryPolicy) {
        this.held = held;
        this.retryPolicy = retryPolicy;
    }

    /** From now on only what is bound is still started: left to others, it would wait for a start that was never sent. */
    public void end() {
        ending = true;
    }

    /** The outcome of a step, or a wait that says where to look if the step broke down. */
    public Outcome run(Claim claim, Function<Claim, Outcome> step) {
        if (!held.test(claim) || (ending && claim.position().step() != Step.SUBMITTED)) {
            return Outcome.later(claim, Duration.ZERO, null);
        }
        try (MDC.MDCCloseable _ = MDC.putCloseable("run", Long.toString(claim.run()))) {
            return logged(claim, step.apply(claim));
        } catch (RuntimeException e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug(
                        "Scoring {} of run {} was broken off by an outage of the database",
                        claim.place(),
                        claim.run(),
                        e);
                return Outcome.later(
                        claim, retryPolicy.afterTrouble(claim), "The database was away in the middle of it");
            }
            LOG.error("Scoring {} of run {} met a mistake of ours", claim.place(), claim.run(), e);
            return Outcome.later(
                    claim, retryPolicy.afterTrouble(claim), "Something unexpected went wrong, the log has it: " + e);
        }
    }

    private static Outcome logged(Claim claim, Outcome outcome) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "Scoring {} of run {}, attempt {}, at {}: {}",
                    claim.place(),
                    claim.run(),
                    claim.attempt(),
                    claim.position().step(),
                    words(outcome));
        }
        return outcome;
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Moves(var move) ->
                "goes to %s, %s%s".formatted(move.to().step(), move.to().state(), why(move.cause()));
            case Outcome.Waits(var wait) -> "waits for %s%s".formatted(wait.due(), why(wait.trouble()));
            default -> "goes on";
        };
    }

    private static String why(@Nullable String text) {
        return text == null ? "" : ": " + text;
    }
}
