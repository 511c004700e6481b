package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long to wait before the next poll, the next call after trouble, or the next attempt. */
@Component
public class RetryPolicy {
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);
    private static final int GROWTH_DIVISOR = 5;
    private static final int FIRST_POLL_DIVISOR = 10;

    private final PipelineSettings settings;

    public RetryPolicy(PipelineSettings settings) {
        this.settings = settings;
    }

    /** The first look at a job that was just started, when nothing is known of others. */
    public Duration firstPoll() {
        return settings.pollMin();
    }

    /** The first look at a job that was just started, when this is wanted: others may have ended within a moment. */
    public Duration firstPoll(Duration wanted) {
        return between(settings.pollMin().dividedBy(FIRST_POLL_DIVISOR), wanted, settings.pollMax());
    }

    /** The next look at a job, when this is wanted. */
    public Duration nextPoll(Duration wanted) {
        return between(settings.pollMin(), wanted, settings.pollMax());
    }

    /**
     * The next look at a job of which nothing is known: the longer it has run, the longer it is left alone, so that its end
     * is noticed in time.
     */
    public Duration nextPollByAge(Duration age) {
        return nextPoll(age.dividedBy(GROWTH_DIVISOR));
    }

    /** The next call after one that failed for no fault of the scoring. */
    public Duration afterTrouble(Claim claim) {
        Duration doubled = settings.pollMin().multipliedBy(1L << Math.min(claim.troubles(), 20));
        return between(settings.pollMin(), doubled, settings.pollMax());
    }

    /** The next attempt. */
    public Duration beforeNextAttempt(Claim claim) {
        Duration doubled =
                claim.definition().attempts().backoff().multipliedBy(1L << Math.min(claim.attemptsMade() - 1, 20));
        return between(Duration.ZERO, doubled, LONGEST_BACKOFF);
    }

    /** The next attempt after so many whose jobs could not read their input: nothing was executed, so the first comes soon. */
    Duration afterUnread(int unread) {
        return between(
                settings.pollMin(), settings.pollMin().multipliedBy(1L << Math.min(2 * unread, 20)), LONGEST_BACKOFF);
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
        return atLeast.compareTo(most) > 0 ? most : atLeast;
    }
}
