package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The one way to an endpoint for every call of this process: shut while the far side has asked us to wait. */
final class Gate {

    private final String endpoint;
    private final InstantSource clock;
    private final AtomicReference<Instant> shutUntil = new AtomicReference<>(Instant.MIN);

    Gate(String endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * Makes the call, unless the gate is shut.
     *
     * @throws Throttled without calling, if the gate is shut; or from the call itself, which shuts the gate
     */
    <T> T pass(Call call, Supplier<T> exchange) {
        Instant now = clock.instant();
        Instant opens = shutUntil.get();
        if (now.isBefore(opens)) {
            throw new Throttled(
                    "Endpoint %s, %s: not sent, the far side asked us to wait until %s"
                            .formatted(endpoint, call.word(), opens),
                    Duration.between(now, opens));
        }
        try {
            return exchange.get();
        } catch (Throttled e) {
            Instant until = clock.instant().plus(e.retryAfter());
            shutUntil.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
            throw e;
        }
    }
}
