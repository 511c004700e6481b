package dev.bes.benchmarks.part;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What a service answers to many requests, each of which is repeated with its own key until it is accepted. */
final class BurstAnswers {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

    private final Set<Long> runs = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unclear = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    /** Sends a request until it is accepted; the id of its run. */
    long send(Supplier<AcceptedRun> request) {
        while (true) {
            try {
                long run = request.get().id();
                runs.add(run);
                return run;
            } catch (ApiException e) {
                Duration pause = e.retryAfter();
                if (!e.isAnswered()) {
                    unclear.incrementAndGet();
                } else if ((e.status() == TOO_MANY_REQUESTS || e.status() == UNAVAILABLE) && pause != null) {
                    refused.incrementAndGet();
                } else {
                    wrong.incrementAndGet();
                    throw e;
                }
                LockSupport.parkNanos((pause == null ? USUAL_PAUSE : pause).toNanos());
            }
        }
    }

    /** How many answers were 429 or 503 with {@code Retry-After}. */
    long refused() {
        return refused.get();
    }

    /** How many requests had no clear answer. */
    long unclear() {
        return unclear.get();
    }

    /** What is wrong if so many requests were sent. */
    List<String> failures(int requests) {
        List<String> failures = new ArrayList<>();
        if (runs.size() != requests) {
            failures.add("%d requests were answered with %d different runs".formatted(requests, runs.size()));
        }
        if (wrong.get() > 0 || unclear.get() > 0) {
            failures.add(
                    "%d requests had no clear answer, %d were refused for good".formatted(unclear.get(), wrong.get()));
        }
        return failures;
    }
}
