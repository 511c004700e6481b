package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of completion callbacks. Without {@code allow} there are none.
 *
 * @param allow which addresses may be called, such as {@code https://hooks.example.com} or {@code https://*.example.com:8443}
 * @param networks networks that are not public and that allowed names may resolve to, such as {@code 10.20.0.0/16}
 * @param secret signs the calls: {@code whsec_} and 24 to 64 bytes in Base64; null if nothing is allowed
 * @param previousSecret signs them too, while receivers learn a new secret; null for none
 * @param baseUrl where people and programs reach this service, for the link in a call; null leaves the link a path
 * @param timeout time limit of one call, from the connection to the status of the answer
 * @param firstRetry pause after the first failed attempt; each further pause is twice as long, up to an hour
 * @param giveUpAfter how long a callback is tried
 */
@ConfigurationProperties("orchestrator.callbacks")
record CallbackSettings(
        @DefaultValue List<String> allow,
        @DefaultValue List<String> networks,
        @Nullable Secret secret,
        @Nullable Secret previousSecret,
        @Nullable String baseUrl,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("10s") Duration firstRetry,
        @DefaultValue("24h") Duration giveUpAfter) {
    static final String ALLOW = "orchestrator.callbacks.allow";

    /** The longest pause between two attempts. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final String PREFIX = "orchestrator.callbacks.";
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    /** Drops empty entries. */
    CallbackSettings {
        allow = allow.stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        networks = networks.stream()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        secret = orNone(secret);
        previousSecret = orNone(previousSecret);
        baseUrl = baseUrl == null || baseUrl.isBlank() ? null : baseUrl.strip().replaceAll("/+$", "");
        if (!allow.isEmpty() && secret == null) {
            throw new InvalidSetting(PREFIX + "secret", "is missing: with " + ALLOW + ", calls have to be signed");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidSetting(PREFIX + "timeout", "must be longer than 0 s and at most 1 min");
        }
        if (firstRetry.isNegative() || firstRetry.isZero() || firstRetry.compareTo(LONGEST_PAUSE) > 0) {
            throw new InvalidSetting(PREFIX + "first-retry", "must be longer than 0 s and at most 1 h");
        }
        if (giveUpAfter.isNegative()) {
            throw new InvalidSetting(PREFIX + "give-up-after", "must not be negative");
        }
    }

    private static @Nullable Secret orNone(@Nullable Secret secret) {
        return secret == null || secret.value().isBlank() ? null : secret;
    }
}
