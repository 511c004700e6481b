package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.CallLimit;
import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReference;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of one endpoint. The address and the keys are those of a web service behind the managed API; other kinds have settings of
 * their own instead.
 *
 * @param url base URL that ends with the service, such as
 *     {@code https://x.azure-api.net/azureml-demo/workspaces/…/services/…}
 * @param kind name of its {@code RemoteKind}
 * @param subscriptionKey key of the gateway; null if the service is called directly
 * @param secondarySubscriptionKey used when the gateway refuses the first key; may be null
 * @param subscriptionKeyHeader header that carries the subscription key
 * @param serviceKey key of the web service itself, sent as a bearer token; null for kinds without one
 * @param secondaryServiceKey used when the web service refuses the first key; may be null
 * @param blobReference how blobs are named to its jobs
 * @param maxConcurrentJobs jobs that it runs at a time; 0 for no limit. Source: Studio FAQ (40 per endpoint)
 * @param rateLimit calls that the gateway accepts in any period of this length; null for no limit
 * @param quota calls that the gateway accepts in each period; null for no limit
 * @param remainingCallsHeader header of the gateway with the calls left of the rate limit; null if it sends none
 * @param callTimeout time limit of one call, body included
 * @param azureml what kind {@code azureml} needs besides; null for other kinds
 * @param inference what kind {@code inference} needs besides; null for other kinds
 */
public record EndpointSettings(
        String url,
        @DefaultValue("bes") String kind,
        @Nullable Secret subscriptionKey,
        @Nullable Secret secondarySubscriptionKey,
        @DefaultValue("Ocp-Apim-Subscription-Key") String subscriptionKeyHeader,
        @Nullable Secret serviceKey,
        @Nullable Secret secondaryServiceKey,
        @DefaultValue("sas") BlobReference.Form blobReference,
        @DefaultValue("40") int maxConcurrentJobs,
        @Nullable CallLimit rateLimit,
        @Nullable CallLimit quota,
        @Nullable String remainingCallsHeader,
        @DefaultValue("30s") Duration callTimeout,
        @Nullable AzuremlSettings azureml,
        @Nullable InferenceSettings inference) {

    private static final String BES = "bes";

    /** Removes trailing slashes of the URL. An empty key becomes null. */
    public EndpointSettings {
        url = url == null ? "" : WebAddress.trimmed(url);
        url = url.isEmpty() && azureml != null ? azureml.address() : url;
        subscriptionKey = orNone(subscriptionKey);
        secondarySubscriptionKey = orNone(secondarySubscriptionKey);
        serviceKey = orNone(serviceKey);
        secondaryServiceKey = orNone(secondaryServiceKey);
    }

    private static @Nullable Secret orNone(@Nullable Secret key) {
        return key == null || key.value().isBlank() ? null : key;
    }

    /** All keys that are set. */
    List<Secret> keys() {
        Stream<Secret> keys = Stream.of(subscriptionKey, secondarySubscriptionKey, serviceKey, secondaryServiceKey)
                .filter(Objects::nonNull);
        return azureml == null
                ? keys.toList()
                : Stream.concat(keys, azureml.identity().secrets().stream()).toList();
    }

    /** The configured limits of the gateway. */
    public List<CallLimit> limits() {
        return Stream.of(rateLimit, quota).filter(Objects::nonNull).toList();
    }

    /** The full name of a setting of an endpoint. */
    public static String property(String endpoint, String property) {
        return "orchestrator.endpoints." + endpoint + "." + property;
    }

    void check(String prefix) {
        if (kind.equals(BES) || inference != null) {
            WebAddress.checkService(prefix + "url", url);
        }
        if (kind.equals(BES) && serviceKey == null) {
            throw new InvalidSetting(prefix + "service-key", "is missing: set it to the API key of the web service");
        }
        if (azureml != null) {
            azureml.check(prefix + "azureml.");
        }
        if (inference != null) {
            inference.check(prefix + "inference.");
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
                        prefix + "remaining-calls-header",
                        "needs rate-limit, which is missing: set " + prefix + "rate-limit, or remove this setting");
            }
        }
        if (maxConcurrentJobs < 0) {
            throw new InvalidSetting(
                    prefix + "max-concurrent-jobs", "is below 0: " + maxConcurrentJobs + "; write 0 for no limit");
        }
        if (callTimeout.isNegative() || callTimeout.isZero()) {
            throw new InvalidSetting(
                    prefix + "call-timeout",
                    "must be longer than zero, such as 30s, but is " + DurationWords.of(callTimeout));
        }
    }

    private static void checkHeader(String property, String name) {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new InvalidSetting(
                    property, "is not a header name: write letters, digits, dots, dashes and underscores");
        }
    }

    /** A header value must not hold blanks or line ends. The message does not repeat the value. */
    private static void checkKey(String property, @Nullable Secret key) {
        if (key != null && key.isQuoted()) {
            throw new InvalidSetting(property, "is in quotes, which are part of its value: remove one pair of quotes");
        }
        if (key != null && !key.value().matches("[\\x21-\\x7e]+")) {
            throw new InvalidSetting(
                    property, "holds blanks, line ends or characters that are not ASCII: copy the key again");
        }
    }
}
