package dev.bes.orchestrator.web.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call the service.
 *
 * @param mode whether callers must sign in
 */
@ConfigurationProperties("orchestrator.security")
public record SecuritySettings(@DefaultValue("login") Mode mode) {

    /** Whether callers must sign in. */
    public enum Mode {
        /** Callers sign in. */
        LOGIN,
        /** Everybody who reaches the service may do anything; for a single machine. */
        OPEN
    }
}
