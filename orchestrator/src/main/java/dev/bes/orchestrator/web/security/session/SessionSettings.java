package dev.bes.orchestrator.web.security.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a session lasts.
 *
 * @param idle how long a session lasts without a person doing something; a page that updates itself does nothing
 * @param max how long it lasts in all
 */
@ConfigurationProperties("orchestrator.security.session")
public record SessionSettings(
        @DefaultValue("30m") Duration idle,
        @DefaultValue("12h") Duration max) {

    public SessionSettings {
        if (!idle.isPositive() || idle.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "orchestrator.security.session.idle must be positive and at most orchestrator.security.session.max");
        }
    }
}
