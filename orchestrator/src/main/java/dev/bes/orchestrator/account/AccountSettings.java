package dev.bes.orchestrator.account;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what people sign in with is valid.
 *
 * @param apiKeyLifetime how long an API key is valid unless its owner says otherwise
 * @param apiKeyMaxLifetime how long an API key may be valid at most
 * @param oneTimePasswordLifetime how long a one-time password can be used
 */
@ConfigurationProperties("orchestrator.accounts")
public record AccountSettings(
        @DefaultValue("90d") Duration apiKeyLifetime,
        @DefaultValue("365d") Duration apiKeyMaxLifetime,
        @DefaultValue("7d") Duration oneTimePasswordLifetime) {

    public AccountSettings {
        if (!apiKeyLifetime.isPositive() || apiKeyLifetime.compareTo(apiKeyMaxLifetime) > 0) {
            throw new IllegalArgumentException(
                    "orchestrator.accounts.api-key-lifetime must be positive and at most orchestrator.accounts.api-key-max-lifetime");
        }
        if (!oneTimePasswordLifetime.isPositive()) {
            throw new IllegalArgumentException("orchestrator.accounts.one-time-password-lifetime must be positive");
        }
    }
}
