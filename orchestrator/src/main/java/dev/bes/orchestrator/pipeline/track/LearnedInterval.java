package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.run.move.JobDuration;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When to look at a job again, judged by the last jobs of its endpoint: when a fifth of those that stood then where it
 * stands now had ended. Whether a job still waits or is at work is part of where it stands, which keeps queues apart from work.
 *
 * <p>What polls saw is always too late, and estimates made of it would confirm themselves. So each job counts as ended
 * somewhat before it was seen to have; one that was never seen running may have ended at any time, and counts half.
 */
public final class LearnedInterval {
    private static final double SHARE = 0.2;
    private static final double FADING = 0.9;
    private static final double EARLY = 0.85;
    private static final double SEEN_LATE = 0.15;
    private static final double NEVER_SEEN = 0.5;
    private static final double LEAST_STEP = 0.03;
    private static final double OVERDUE = 1.25;

    private final List<Past> past;
    private final RetryPolicy retryPolicy;

    /** Of the jobs that ended last. */
    public LearnedInterval(List<JobDuration> jobs, RetryPolicy retryPolicy) {
        this.past = IntStream.range(0, jobs.size())
                .mapToObj(i -> Past.of(jobs.get(i), Math.pow(FADING, i)))
                .toList();
        this.retryPolicy = retryPolicy;
    }

    /** How long to leave a job alone after its start: not quite so long, to notice when jobs become faster. */
    public Duration first() {
        return share(past.stream())
                .map(end -> retryPolicy.firstPoll(millis(end * EARLY)))
                .orElseGet(retryPolicy::firstPoll);
    }

    /**
     * How long to leave a job alone after a poll.
     *
     * @param age time since its start
     * @param running whether the remote side works on it
     */
    public Duration next(Duration age, boolean running) {
        double now = age.toMillis();
        Predicate<Past> alike = job -> job.running == null || running == (job.running <= now);
        return share(longer(now).filter(alike))
                .or(() -> share(longer(now)))
                .or(() ->
                        past.stream().anyMatch(job -> now < job.ended * OVERDUE) ? Optional.of(now) : Optional.empty())
                .map(end -> retryPolicy.nextPoll(millis(Math.max(end - now, now * LEAST_STEP))))
                .orElseGet(() -> retryPolicy.nextPollByAge(age));
    }

    private Stream<Past> longer(double age) {
        return past.stream().filter(job -> job.ended > age);
    }

    private static Optional<Double> share(Stream<Past> jobs) {
        List<Past> sorted = jobs.sorted(Comparator.comparingDouble(Past::ended)).toList();
        double left = SHARE * sorted.stream().mapToDouble(Past::weight).sum();
        for (Past job : sorted) {
            left -= job.weight;
            if (left < 0) {
                return Optional.of(job.ended);
            }
        }
        return Optional.empty();
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis(Math.round(millis));
    }

    private record Past(@Nullable Double running, double ended, double weight) {
        static Past of(JobDuration job, double weight) {
            double total = job.total().toMillis();
            if (job.running() == null) {
                return new Past(null, total * NEVER_SEEN, weight);
            }
            double running = job.running().toMillis();
            return new Past(running, total - (total - running) * SEEN_LATE, weight);
        }
    }
}
