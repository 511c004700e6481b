package dev.bes.orchestrator.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts the attempts of this node. */
@Component
class CallbackMeters {
    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;

    CallbackMeters(MeterRegistry registry) {
        delivered = counter(registry, "delivered");
        failed = counter(registry, "failed");
        givenUp = counter(registry, "given-up");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("orchestrator.callbacks")
                .description("Attempts to tell others of the end of a run, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }

    void delivered() {
        delivered.increment();
    }

    void failed(boolean isGivenUp) {
        (isGivenUp ? givenUp : failed).increment();
    }
}
