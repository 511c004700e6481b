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
     * @throws IllegalStateException if it has none, since it scores rows
     */
    RemoteJobs jobs(String endpoint);

    /**
     * The service of an endpoint that scores in one call; null if it has none.
     *
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default @Nullable OneCallService oneCall(String endpoint) {
        return null;
    }

    /**
     * The service of an endpoint that scores rows in batches of ours; null if it has jobs. Such an endpoint has no jobs.
     *
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default @Nullable RowService rows(String endpoint) {
        return null;
    }

    /**
     * The number of jobs that the endpoint runs at a time. More jobs would wait in its queue.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    int maxConcurrentJobs(String endpoint);

    /**
     * The number of jobs that may be submitted and started now, as far as this node knows.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default int allowedLaunches(String endpoint) {
        return Integer.MAX_VALUE;
    }

    /**
     * The number of jobs whose status may be requested now, as far as this node knows.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default int allowedPolls(String endpoint) {
        return Integer.MAX_VALUE;
    }

    /**
     * The health of an endpoint, as the recent calls of this node have shown it. Makes no call.
     *
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    default ObservedHealth observedHealth(String endpoint) {
        return ObservedHealth.UNKNOWN;
    }

    /** The subscriptions of the managed API whose calls are limited. */
    default List<LimitedSubscription> limitedSubscriptions() {
        return List.of();
    }

    /**
     * A subscription of the managed API whose calls are limited.
     *
     * @param endpoints names of the endpoints that use it
     * @param forecast estimates in how much time a number of calls can be made; zero if now
     */
    record LimitedSubscription(Set<String> endpoints, List<CallLimit> limits, IntFunction<Duration> forecast) {}
}
