package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.move.JobDurations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Schedules polls by the job durations that all nodes have recorded for each endpoint. */
@Component
public class PollSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(2);

    private final JobDurations jobDurations;
    private final PollBounds pollBounds;
    private final InstantSource clock;
    private final Map<String, Cached> intervals = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastSaved = new ConcurrentHashMap<>();
    private final Map<String, List<Claim>> unsaved = new ConcurrentHashMap<>();
    private final Set<String> loggedFailures = ConcurrentHashMap.newKeySet();

    public PollSchedule(JobDurations jobDurations, PollBounds pollBounds, InstantSource clock) {
        this.jobDurations = jobDurations;
        this.pollBounds = pollBounds;
        this.clock = clock;
    }

    /** The interval before the first poll of a job that was just started. */
    public Duration firstPoll(Claim claim) {
        return interval(claim.endpoint()).first();
    }

    /**
     * The interval before the next poll of a job.
     *
     * @param state the state that the remote service reports
     */
    Duration nextPoll(Claim claim, State state) {
        Duration since = claim.known().sinceStarted();
        return interval(claim.endpoint()).next(since == null ? Duration.ZERO : since, state == State.RUNNING);
    }

    /** Records the durations of finished jobs of one endpoint, at most once in two seconds, and only the last of many. */
    void recordDurations(List<Claim> finished) {
        if (finished.isEmpty()) {
            return;
        }
        String endpoint = finished.getFirst().endpoint();
        Instant now = clock.instant();
        unsaved.merge(endpoint, finished, PollSchedule::last);
        if (isDue(lastSaved.get(endpoint), now)) {
            lastSaved.put(endpoint, now);
            save(endpoint, Objects.requireNonNullElse(unsaved.remove(endpoint), List.of()));
        }
    }

    private static List<Claim> last(List<Claim> earlier, List<Claim> later) {
        return Stream.concat(later.stream(), earlier.stream())
                .limit(JobDurations.MOST)
                .toList();
    }

    private void save(String endpoint, List<Claim> finished) {
        String failure = "Job durations of endpoint " + endpoint + " cannot be saved, so polls may come early or late";
        try {
            jobDurations.remember(endpoint, finished);
            loggedFailures.remove(failure);
        } catch (DataAccessException | TransactionException e) {
            logOnce(failure, e);
        }
    }

    private LearnedInterval interval(String endpoint) {
        Instant now = clock.instant();
        return intervals.compute(
                        endpoint, (name, old) -> old == null || isDue(old.at, now) ? read(name, old, now) : old)
                .interval;
    }

    // a failed read must not fail the poll: its outcome would be lost
    private Cached read(String endpoint, @Nullable Cached old, Instant now) {
        String failure = "Job durations of endpoint " + endpoint + " cannot be read, so polls may come early or late";
        try {
            Cached fresh = new Cached(new LearnedInterval(jobDurations.of(endpoint), pollBounds), now);
            loggedFailures.remove(failure);
            return fresh;
        } catch (DataAccessException | TransactionException e) {
            logOnce(failure, e);
            return new Cached(old == null ? new LearnedInterval(List.of(), pollBounds) : old.interval, now);
        }
    }

    /** Logs a failure once while it lasts. */
    private void logOnce(String failure, RuntimeException e) {
        if (!DatabaseFailure.isOutage(e) && loggedFailures.add(failure)) {
            LOG.warn("{}: {}", failure, e.getMessage());
        }
    }

    private static boolean isDue(@Nullable Instant last, Instant now) {
        return last == null || Duration.between(last, now).abs().compareTo(REFRESH_INTERVAL) >= 0;
    }

    private record Cached(LearnedInterval interval, Instant at) {}
}
