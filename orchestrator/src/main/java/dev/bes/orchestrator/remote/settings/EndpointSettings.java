package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.text.DurationWords;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One web service behind the managed API.
 *
 * @param url base URL up to and with the service, such as
 *     {@code https://x.azure-api.net/azureml-demo/workspaces/…/services/…}
 * @param kind name of the {@code RemoteKind} that speaks to it
 * @param subscriptionKey key for the gateway; none if the service is called directly
 * @param secondarySubscriptionKey key for when the gateway refuses the other one, while keys are changed
 * @param subscriptionKeyHeader header that carries the subscription key
 * @param serviceKey key of the web service itself, sent as a bearer token
 * @param secondaryServiceKey key for when the web service refuses the other one, while keys are changed
 * @param blobReference how its jobs are told of our blobs
 * @param places how many jobs it works on at a time; 0 is no limit. Source: Studio FAQ (40 per endpoint)
 * @param rateLimit calls that the gateway takes in any such time; none if it does not say
 * @param quota calls that the gateway takes in each such time; none if it does not say
 * @param remainingCallsHeader header by which the gateway says how many calls its rate limit has left; none if it does not
 * @param callTimeout longest wait for one whole answer, body included
 */
public record EndpointSettings(
        String url,
        @DefaultValue("bes") String kind,
        @Nullable Secret subscriptionKey,
        @Nullable Secret secondarySubscriptionKey,
        @DefaultValue("Ocp-Apim-Subscription-Key") String subscriptionKeyHeader,
        Secret serviceKey,
        @Nullable Secret secondaryServiceKey,
        @DefaultValue("sas") BlobReference.Form blobReference,
        @DefaultValue("40") int places,
        @Nullable CallLimit rateLimit,
        @Nullable CallLimit quota,
        @Nullable String remainingCallsHeader,
        @DefaultValue("30s") Duration callTimeout) {

    /** Takes a trailing slash off the URL and an empty key for none. */
    public EndpointSettings {
        url = url == null ? "" : url.strip().replaceAll("/+$", "");
        subscriptionKey = orNone(subscriptionKey);
        secondarySubscriptionKey = orNone(secondarySubscriptionKey);
        secondaryServiceKey = orNone(secondaryServiceKey);
    }

    private static @Nullable Secret orNone(@Nullable Secret key) {
        return key == null || key.value().isBlank() ? null : key;
    }

    /** Every key that there is. */
    List<Secret> keys() {
        return Stream.of(subscriptionKey, secondarySubscriptionKey, serviceKey, secondaryServiceKey)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The limits that the gateway keeps to. */
    public List<CallLimit> limits() {
        return Stream.of(rateLimit, quota).filter(Objects::nonNull).toList();
    }

    /** The full name of a property of the endpoint of that name, for messages. */
    public static String property(String endpoint, String property) {
        return "orchestrator.endpoints." + endpoint + "." + property;
    }

    void check(String prefix) {
        checkUrl(prefix + "url");
        if (serviceKey == null || serviceKey.value().isBlank()) {
            throw new InvalidSetting(prefix + "service-key", "is missing: the API key of the web service");
        }
        checkKey(prefix + "service-key", serviceKey);
        checkKey(prefix + "secondary-service-key", secondaryServiceKey);
        checkKey(prefix + "subscription-key", subscriptionKey);
        checkKey(prefix + "secondary-subscription-key", secondarySubscriptionKey);
        checkHeader(prefix + "subscription-key-header", subscriptionKeyHeader);
        if (remainingCallsHeader != null) {
            checkHeader(prefix + "remaining-calls-header", remainingCallsHeader);
            if (rateLimit == null) {
                throw new InvalidSetting(
                        prefix + "remaining-calls-header", "says what is left of a rate-limit, which is missing");
            }
        }
        if (places < 0) {
            throw new InvalidSetting(prefix + "places", "is below 0: " + places);
        }
        if (callTimeout.isNegative() || callTimeout.isZero()) {
            throw new InvalidSetting(
                    prefix + "call-timeout", "must be more than nothing: " + DurationWords.of(callTimeout));
        }
    }

    private static void checkHeader(String property, String name) {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new InvalidSetting(property, "is not a header name");
        }
    }

    private void checkUrl(String property) {
        if (url.isEmpty()) {
            throw new InvalidSetting(property, "is missing: the base URL of the web service");
        }
        try {
            URI uri = new URI(url);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (http && uri.getHost() != null && plain) {
                return;
            }
        } catch (URISyntaxException e) {
            // told below: the parser's own message would repeat whatever was pasted in
        }
        throw new InvalidSetting(property, "must be an http(s) URL with a host and without user, query or fragment");
    }

    /** A header value may hold no blanks or line ends; the value itself is not repeated. */
    private static void checkKey(String property, @Nullable Secret key) {
        if (key != null && key.isInQuotes()) {
            throw new InvalidSetting(property, "is in quotes that are part of its value: take one pair off");
        }
        if (key != null && !key.value().matches("[\\x21-\\x7e]+")) {
            throw new InvalidSetting(
                    property, "holds blanks, line ends or other than ASCII characters, not only at its ends");
        }
    }
}
