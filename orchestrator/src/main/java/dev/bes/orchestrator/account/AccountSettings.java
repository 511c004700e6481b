package dev.bes.orchestrator.account;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether there are local users, and how long what people sign in with is valid.
 *
 * @param localUsers whether users sign in by passwords of this service; if not, local users and their keys count as disabled
 * @param apiKeyLifetime how long an API key is valid unless its owner says otherwise
 * @param apiKeyMaxLifetime how long an API key may be valid at most
 * @param oneTimePasswordLifetime how long a one-time password can be used
 */
@ConfigurationProperties("orchestrator.accounts")
public record AccountSettings(
        @DefaultValue("true") boolean localUsers,
        @DefaultValue("90d") Duration apiKeyLifetime,
        @DefaultValue("365d") Duration apiKeyMaxLifetime,
        @DefaultValue("7d") Duration oneTimePasswordLifetime) {

    /** The setting that says whether there are local users. */
    public static final String LOCAL_USERS = "orchestrator.accounts.local-users";

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException naming the property that is wrong
     */
    public AccountSettings {
        if (!apiKeyLifetime.isPositive() || apiKeyLifetime.compareTo(apiKeyMaxLifetime) > 0) {
            throw new IllegalArgumentException(
                    "orchestrator.accounts.api-key-lifetime must be positive and at most orchestrator.accounts.api-key-max-lifetime");
        }
        if (!oneTimePasswordLifetime.isPositive()) {
            throw new IllegalArgumentException("orchestrator.accounts.one-time-password-lifetime must be positive");
        }
    }

    void requireLocalUsers() {
        if (!localUsers) {
            throw new AccountRefusedException(
                    AccountRefusedException.Reason.NO_LOCAL_USERS,
                    "Local users are turned off (" + LOCAL_USERS
                            + "): users are added at the OpenID provider, and are known here from their first sign-in on");
        }
    }
}
