package dev.bes.sandbox;

import dev.bes.sandbox.settings.RrsCapacity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the Request/Response Service's capacity. */
final class RrsOptions {

    @Option(
            names = "--rrs-concurrency",
            description = "Calls of one endpoint at a time, 4 to 200; one more is answered 503 RequestThrottled.")
    private int concurrency = RrsCapacity.DEFAULT.maxConcurrentCalls();

    @Option(
            names = "--rrs-concurrency-in-all",
            description = "Calls of all endpoints at a time; one more is answered 503 TooManyConcurrentRequests.")
    private @Nullable Integer concurrencyInAll;

    @Option(names = "--rrs-call-time", description = "Seconds that a call takes before it scores.")
    private double callTime;

    @Option(
            names = "--initializing-time",
            description = "Seconds from an endpoint's first call in which it answers 503 InitializingContainers.")
    private double initializingTime;

    @Option(
            names = "--initializing-calls",
            description = "Number of an endpoint's first calls that are answered 503 InitializingContainers.")
    private int initializingCalls;

    RrsCapacity capacity() {
        return new RrsCapacity(
                concurrency, concurrencyInAll, seconds(callTime), seconds(initializingTime), initializingCalls);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
