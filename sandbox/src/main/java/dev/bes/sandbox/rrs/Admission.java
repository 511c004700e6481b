package dev.bes.sandbox.rrs;

import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets calls in as far as the capacity goes; the others are refused with 503. Source: "web service error codes". */
final class Admission {

    private final RuntimeSettings settings;
    private final InstantSource clock;
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private @Nullable RrsCapacity known;
    private int calls;

    Admission(RuntimeSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @throws dev.bes.sandbox.problem.Rejection when there is no capacity for the call */
    Reply admit(WebService service, Supplier<Reply> call) {
        RrsCapacity capacity = settings.rrsCapacity();
        enter(service, capacity);
        try {
            take(capacity);
            return call.get();
        } finally {
            leave(service);
        }
    }

    private synchronized void enter(WebService service, RrsCapacity capacity) {
        if (!capacity.equals(known)) {
            known = capacity;
            endpoints.values().forEach(Endpoint::stopContainers);
        }
        Endpoint endpoint = endpoints.computeIfAbsent(service.serviceId(), id -> new Endpoint());
        if (endpoint.isInitializing(capacity, clock.instant())) {
            throw Problem.INITIALIZING_CONTAINERS.about();
        }
        Integer inAll = capacity.maxConcurrentCallsInAll();
        if (inAll != null && calls >= inAll) {
            throw Problem.TOO_MANY_CONCURRENT_REQUESTS.about();
        }
        if (endpoint.calls >= capacity.maxConcurrentCalls()) {
            throw Problem.REQUEST_THROTTLED.about(service.name(), String.valueOf(capacity.maxConcurrentCalls()));
        }
        endpoint.calls++;
        calls++;
    }

    private synchronized void leave(WebService service) {
        Endpoint endpoint = endpoints.get(service.serviceId());
        if (endpoint != null) {
            endpoint.calls--;
        }
        calls--;
    }

    private static void take(RrsCapacity capacity) {
        long nanos = capacity.callTime().toNanos();
        if (nanos > 0) {
            CompletableFuture.runAsync(
                            () -> {
                                // only the time matters
                            },
                            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS))
                    .join();
        }
    }

    /** What is known of one endpoint. */
    private static final class Endpoint {
        private int calls;
        private int first;
        private @Nullable Instant began;

        void stopContainers() {
            first = 0;
            began = null;
        }

        boolean isInitializing(RrsCapacity capacity, Instant now) {
            if (began == null) {
                began = now;
            }
            boolean early = first < capacity.initializingCalls();
            if (early) {
                first++;
            }
            return early || now.isBefore(began.plus(capacity.initializingTime()));
        }
    }
}
