package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.database.DatabaseFailure;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Makes the calls of the outbox, on every node. A call is recorded after it was made: a node that dies in between leaves a row that is
 * called again, with the same event. No transaction and no connection to the database is held during a call.
 */
@Component
class CallbackSender {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);
    private static final int MOST_CALLS = 32;
    private static final int MOST_TO_A_HOST = 4;
    private static final Duration LOOKUP = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 20;
    private static final int GONE = 410;

    private final CallbackRows rows;
    private final CallbackBody bodies;
    private final SignedCall call;
    private final CallbackMeters meters;
    private final CallbackSettings settings;
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    CallbackSender(
            CallbackRows rows, CallbackBody bodies, SignedCall call, CallbackMeters meters, CallbackSettings settings) {
        this.rows = rows;
        this.bodies = bodies;
        this.call = call;
        this.meters = meters;
        this.settings = settings;
    }

    /** Takes what is due, a few at a time, so that a host that does not answer holds few of the calls of this node. */
    @Scheduled(fixedDelay = 1_000)
    void poll() {
        try {
            List<Callback> taken;
            do {
                taken = under() <= 0
                        ? List.of()
                        : rows.take(
                                Math.min(under(), MOST_TO_A_HOST),
                                busy(),
                                settings.timeout().plus(LOOKUP));
                taken.forEach(this::start);
            } while (!taken.isEmpty());
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "Callbacks wait", e);
        }
    }

    private int under() {
        return MOST_CALLS - calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    private List<String> busy() {
        return calls.entrySet().stream()
                .filter(host -> host.getValue() >= MOST_TO_A_HOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void start(Callback callback) {
        String host = callback.host();
        calls.merge(host, 1, Integer::sum);
        threads.execute(() -> {
            try {
                send(callback);
            } catch (DataAccessException | TransactionException e) {
                DatabaseFailure.warn(LOG, "A callback is called again", e);
            } finally {
                calls.computeIfPresent(host, (_, count) -> count == 1 ? null : count - 1);
            }
        });
    }

    private void send(Callback callback) {
        Optional<byte[]> body = bodies.of(callback);
        if (body.isEmpty()) {
            return;
        }
        try {
            int status = call.post(callback, body.get());
            if (status / 100 == 2) {
                rows.delivered(callback, status);
                meters.delivered();
            } else {
                failed(callback, status, "the receiver answered " + status);
            }
        } catch (IOException e) {
            // an attempt that the end of this node broke off says nothing about the receiver
            if (!threads.isShutdown()) {
                failed(callback, null, String.valueOf(e.getMessage()));
            }
        }
    }

    private void failed(Callback callback, @Nullable Integer status, String error) {
        boolean isGone = status != null && status == GONE;
        boolean isGivenUp = rows.failed(
                callback, status, error, pause(callback.attempts()), isGone ? Duration.ZERO : settings.giveUpAfter());
        meters.failed(isGivenUp);
        LOG.atLevel(isGivenUp ? Level.WARN : Level.DEBUG)
                .log(
                        "Callback {} of run {}: {}{}",
                        callback.id(),
                        callback.run(),
                        error,
                        isGivenUp ? "; it is given up" : "");
    }

    /** Twice as long after each attempt, up to an hour, less up to a quarter, so that those of one outage do not come back at once. */
    private Duration pause(int attempts) {
        long doubled = settings.firstRetry().toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
        long pause = Math.clamp(doubled, 1, CallbackSettings.LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(pause - ThreadLocalRandom.current().nextLong(pause / 4 + 1));
    }

    /** Lets calls end that are under way; what is left is called again by another node. */
    @PreDestroy
    void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
