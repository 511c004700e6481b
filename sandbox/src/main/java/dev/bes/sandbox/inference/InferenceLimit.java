package dev.bes.sandbox.inference;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Applies the capacity of the Request/Response Service to models: a call above it is answered 429, and calls take their time. */
final class InferenceLimit {

    private final RuntimeSettings settings;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    InferenceLimit(RuntimeSettings settings) {
        this.settings = settings;
    }

    Reply within(WebService service, Supplier<Reply> call) {
        RrsCapacity capacity = settings.rrsCapacity();
        AtomicInteger underWay = calls.computeIfAbsent(service.name(), name -> new AtomicInteger());
        try {
            if (underWay.incrementAndGet() > capacity.maxConcurrentCalls()) {
                throw new InferenceError(429, "more than %d calls at a time".formatted(capacity.maxConcurrentCalls()));
            }
            take(capacity.callTime().toMillis());
            return call.get();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void take(long millis) {
        if (millis > 0) {
            CompletableFuture.runAsync(
                            () -> {
                                // only the time matters
                            },
                            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                    .join();
        }
    }
}
