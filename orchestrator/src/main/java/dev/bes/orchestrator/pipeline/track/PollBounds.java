package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps poll intervals between {@code orchestrator.pipeline.poll-min} and {@code poll-max}. */
@Component
public class PollBounds {
    private static final int AGE_DIVISOR = 5;
    private static final int FIRST_POLL_DIVISOR = 10;

    private final PipelineSettings settings;

    public PollBounds(PipelineSettings settings) {
        this.settings = settings;
    }

    /** The interval between a start and the first poll, when no job durations are known. */
    public Duration firstPoll() {
        return settings.pollMin();
    }

    /** The interval between a start and the first poll. It may be shorter than others: some jobs end at once. */
    public Duration firstPoll(Duration wanted) {
        return between(settings.pollMin().dividedBy(FIRST_POLL_DIVISOR), wanted, settings.pollMax());
    }

    /** The interval before the next poll. */
    public Duration nextPoll(Duration wanted) {
        return between(settings.pollMin(), wanted, settings.pollMax());
    }

    /** The interval before the next poll, when no job durations are known: it grows with the age of the job. */
    public Duration nextPollByAge(Duration age) {
        return nextPoll(age.dividedBy(AGE_DIVISOR));
    }

    private static Duration between(Duration min, Duration wanted, Duration max) {
        Duration atLeast = wanted.compareTo(min) < 0 ? min : wanted;
        return atLeast.compareTo(max) > 0 ? max : atLeast;
    }
}
