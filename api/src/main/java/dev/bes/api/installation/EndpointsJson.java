package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configured endpoints.
 *
 * @param endpoints by name, unless the caller wants them in another order
 * @param next where to find the following ones, if there are any
 */
public record EndpointsJson(
        List<EndpointJson> endpoints, @Nullable String next) {

    /**
     * An endpoint: a web service behind the managed API.
     *
     * @param name its name in the settings
     * @param kind the kind of remote service
     * @param url its base address; holds no key
     * @param maxConcurrentJobs jobs that it runs at a time; null if there is no limit
     * @param limits the limits of its calls, in words
     * @param definitions names of the loaded definitions that use it
     * @param health as the recent calls of the answering node have shown it
     */
    public record EndpointJson(
            String name,
            String kind,
            String url,
            @Nullable Integer maxConcurrentJobs,
            List<String> limits,
            List<String> definitions,
            HealthJson health) {}

    /**
     * The health of an endpoint.
     *
     * @param state {@code healthy}, {@code unhealthy} or {@code unknown}
     * @param reason why, in words; may be empty
     * @param since when calls began to fail; null if they do not
     */
    public record HealthJson(
            String state, String reason, @Nullable Instant since) {}
}
