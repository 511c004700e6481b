package dev.bes.orchestrator.run.shadow;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of shadows.
 *
 * @param maxWaiting how many shadows of a definition may be unfinished; further ones are skipped. 0 skips all
 */
@ConfigurationProperties("orchestrator.shadow")
public record ShadowSettings(@DefaultValue("1000") int maxWaiting) {

    /** Refuses a negative number. */
    public ShadowSettings {
        if (maxWaiting < 0) {
            throw new IllegalArgumentException("orchestrator.shadow.max-waiting must be 0 or more");
        }
    }
}
