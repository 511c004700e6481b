package dev.bes.orchestrator.pipeline.track;

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
 * The interval before the next poll of a job, learned from the last jobs of its endpoint. It ends when a fifth of the jobs of
 * the same age and status had ended. Queued and running jobs are distinguished.
 *
 * <p>A poll sees the end of a job too late, and estimates from it would confirm themselves. So a job counts as ended somewhat
 * before the poll that saw it. A job that no poll saw running may have ended at any time, and counts as ended halfway.
 */
public final class LearnedInterval {
    private static final double SHARE = 0.2;
    private static final double FADING = 0.9;
    private static final double EARLY = 0.85;
    private static final double SEEN_LATE = 0.15;
    private static final double NEVER_SEEN_RUNNING = 0.5;
    private static final double MIN_STEP = 0.03;
    private static final double OVERDUE = 1.25;

    private final List<Past> past;
    private final PollBounds pollBounds;

    /** @param jobs the jobs of the endpoint that ended last, the latest first */
    public LearnedInterval(List<JobDuration> jobs, PollBounds pollBounds) {
        this.past = IntStream.range(0, jobs.size())
                .mapToObj(i -> Past.of(jobs.get(i), Math.pow(FADING, i)))
                .toList();
        this.pollBounds = pollBounds;
    }

    /** The interval between a start and the first poll; slightly shorter, to notice when jobs become faster. */
    public Duration first() {
        return share(past.stream())
                .map(end -> pollBounds.firstPoll(millis(end * EARLY)))
                .orElseGet(pollBounds::firstPoll);
    }

    /**
     * The interval after a poll.
     *
     * @param age time since the start of the job
     * @param running whether the remote service reports it as running
     */
    public Duration next(Duration age, boolean running) {
        double now = age.toMillis();
        Predicate<Past> sameStatus = job -> job.running == null || running == (job.running <= now);
        return share(longer(now).filter(sameStatus))
                .or(() -> share(longer(now)))
                .or(() ->
                        past.stream().anyMatch(job -> now < job.ended * OVERDUE) ? Optional.of(now) : Optional.empty())
                .map(end -> pollBounds.nextPoll(millis(Math.max(end - now, now * MIN_STEP))))
                .orElseGet(() -> pollBounds.nextPollByAge(age));
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
                return new Past(null, total * NEVER_SEEN_RUNNING, weight);
            }
            double running = job.running().toMillis();
            return new Past(running, total - (total - running) * SEEN_LATE, weight);
        }
    }
}
