package dev.bes.orchestrator.remote;

import java.util.Set;

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
     * How many jobs the endpoint works on at a time; more would only wait in its queue.
     *
     * @return {@link Integer#MAX_VALUE} if there is no limit
     * @throws IllegalArgumentException if there is no endpoint of that name
     */
    int places(String endpoint);
}
