package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.pipeline.RetryPolicy;
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

/** How long to wait before the next poll, by what all nodes have learned of each endpoint. */
@Component
public class PollSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final JobDurations jobDurations;
    private final RetryPolicy retryPolicy;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private final Map<String, List<Claim>> untold = new ConcurrentHashMap<>();
    private final Set<String> troubles = ConcurrentHashMap.newKeySet();

    public PollSchedule(JobDurations jobDurations, RetryPolicy retryPolicy, InstantSource clock) {
        this.jobDurations = jobDurations;
        this.retryPolicy = retryPolicy;
        this.clock = clock;
    }

    /** The first look at a job that was just started. */
    public Duration firstPoll(Claim claim) {
        return pace(claim.endpoint()).first();
    }

    /**
     * The next look at a job.
     *
     * @param state where the remote side says that it stands
     */
    Duration nextPoll(Claim claim, State state) {
        Duration since = claim.known().sinceStarted();
        return pace(claim.endpoint()).next(since == null ? Duration.ZERO : since, state == State.RUNNING);
    }

    /** Learns from jobs of one endpoint that were seen finished: of a moment together, and the last of them if they are many. */
    void learn(List<Claim> finished) {
        if (finished.isEmpty()) {
            return;
        }
        String endpoint = finished.getFirst().endpoint();
        Instant now = clock.instant();
        untold.merge(endpoint, finished, PollSchedule::last);
        if (over(told.get(endpoint), now)) {
            told.put(endpoint, now);
            remember(endpoint, Objects.requireNonNullElse(untold.remove(endpoint), List.of()));
        }
    }

    private static List<Claim> last(List<Claim> earlier, List<Claim> later) {
        return Stream.concat(later.stream(), earlier.stream())
                .limit(JobDurations.MOST)
                .toList();
    }

    private void remember(String endpoint, List<Claim> finished) {
        String trouble = "What jobs of endpoint " + endpoint + " took is not remembered";
        try {
            jobDurations.remember(endpoint, finished);
            troubles.remove(trouble);
        } catch (DataAccessException | TransactionException e) {
            complain(trouble, e);
        }
    }

    private LearnedInterval pace(String endpoint) {
        Instant now = clock.instant();
        return known.compute(endpoint, (name, old) -> old == null || over(old.at, now) ? read(name, old, now) : old)
                .pace;
    }

    // a poll that comes early or late harms nobody; a call whose outcome is lost for want of a hint might
    private Known read(String endpoint, @Nullable Known old, Instant now) {
        String trouble = "What jobs of endpoint " + endpoint + " took is not known, so polls may come early or late";
        try {
            Known fresh = new Known(new LearnedInterval(jobDurations.of(endpoint), retryPolicy), now);
            troubles.remove(trouble);
            return fresh;
        } catch (DataAccessException | TransactionException e) {
            complain(trouble, e);
            return new Known(old == null ? new LearnedInterval(List.of(), retryPolicy) : old.pace, now);
        }
    }

    /** What goes wrong is said once while it lasts. */
    private void complain(String trouble, RuntimeException e) {
        if (!DatabaseFailure.isOutage(e) && troubles.add(trouble)) {
            LOG.warn("{}: {}", trouble, e.getMessage());
        }
    }

    private static boolean over(@Nullable Instant last, Instant now) {
        return last == null || Duration.between(last, now).abs().compareTo(FRESH) >= 0;
    }

    private record Known(LearnedInterval pace, Instant at) {}
}
