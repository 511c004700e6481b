package dev.bes.orchestrator.remote;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The configured endpoints by name. */
public interface Endpoints {

    /** The names of all endpoints. */
    Set<String> names();

    /**
     * The remote jobs of an endpoint.
     *
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    RemoteJobs jobs(String endpoint);

    /**
     * The way of an endpoint to score in one call; null if it has none.
     *
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default @Nullable OneCallService oneCall(String endpoint) {
        return null;
    }

    /**
     * How many jobs the endpoint works on at a time; more would only wait in its queue.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    int places(String endpoint);

    /**
     * How many jobs may be submitted and started now, by what this node knows of the call budget and of the far side.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default int launches(String endpoint) {
        return Integer.MAX_VALUE;
    }

    /**
     * How many jobs may be asked about now, by what this node knows of the call budget and of the far side.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default int polls(String endpoint) {
        return Integer.MAX_VALUE;
    }

    /**
     * What the calls of this node have shown of an endpoint lately; nobody is asked.
     *
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default ObservedHealth condition(String endpoint) {
        return ObservedHealth.UNKNOWN;
    }

    /** The subscriptions of the managed API whose calls are limited, each with what is called with it. */
    default List<Limited> limited() {
        return List.of();
    }

    /**
     * A subscription of the managed API whose calls are limited.
     *
     * @param endpoints what is called with it
     * @param limits its limits
     * @param forecast in how much time so many calls can be made, roughly; nothing if they can be made now
     */
    record Limited(Set<String> endpoints, List<CallLimit> limits, IntFunction<Duration> forecast) {}
}
