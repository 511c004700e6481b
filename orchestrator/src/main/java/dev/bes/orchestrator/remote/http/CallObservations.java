package dev.bes.orchestrator.remote.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Observes the calls to one endpoint: the time and the outcome of each call that is sent, and the number of calls that are not
 * sent, since the gate is closed.
 */
final class CallObservations {
    private static final String NAME = "orchestrator.remote.call";

    private final String endpoint;
    private final ObservationRegistry observations;
    private final Counter notSent;

    CallObservations(String endpoint, ObservationRegistry observations, MeterRegistry meters) {
        this.endpoint = endpoint;
        this.observations = observations;
        this.notSent = Counter.builder("orchestrator.remote.calls.not.sent")
                .description("Calls that were not sent: call budget, circuit breaker, or a wait that was asked for")
                .tag("endpoint", endpoint)
                .register(meters);
    }

    /**
     * Observes a call.
     *
     * @param gate makes the exchange that it is given, unless it is closed
     */
    <T> T observe(ManagedCall call, Supplier<T> exchange, Function<Supplier<T>, T> gate) {
        AtomicBoolean sent = new AtomicBoolean();
        try {
            return gate.apply(() -> {
                sent.set(true);
                return Observation.createNotStarted(NAME, observations)
                        .contextualName(endpoint + " " + call.displayName())
                        .lowCardinalityKeyValue("endpoint", endpoint)
                        .lowCardinalityKeyValue("call", call.displayName())
                        .observe(exchange);
            });
        } finally {
            if (!sent.get()) {
                notSent.increment();
            }
        }
    }
}
