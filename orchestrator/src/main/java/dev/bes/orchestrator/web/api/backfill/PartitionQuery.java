package dev.bes.orchestrator.web.api.backfill;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.TimeParameter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that choose partitions by their times. An empty one is ignored.
 *
 * @param from a day or a time in UTC, included; 31 days before the end if it is left out
 * @param to a day, included, or a time in UTC, not included; now if it is left out
 */
public record PartitionQuery(
        @Nullable String from, @Nullable String to) {
    private static final Duration USUAL = Duration.ofDays(31);

    /**
     * A range of times.
     *
     * @param since included
     * @param until not included
     */
    public record Span(Instant since, Instant until) {}

    /**
     * The range that is asked for.
     *
     * @throws ProblemException if a parameter is invalid, or the range has no time
     */
    public Span span(Instant now) {
        Instant end = TimeParameter.of("to", to, true);
        Instant until = end == null ? now : end;
        Instant begin = TimeParameter.of("from", from, false);
        Span span = new Span(begin == null ? until.minus(USUAL) : begin, until);
        if (!span.since.isBefore(span.until)) {
            throw ProblemException.badRequest("'from' is not before 'to'");
        }
        return span;
    }
}
