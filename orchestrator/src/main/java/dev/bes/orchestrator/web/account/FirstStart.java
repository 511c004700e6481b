package dev.bes.orchestrator.web.account;

import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.FirstAdministrator;
import dev.bes.orchestrator.account.FirstAdministrator.Credentials;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever starts the service for the first time how to sign in. */
@Component
@ConditionalOnProperty(name = "orchestrator.security.mode", havingValue = "login", matchIfMissing = true)
class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final FirstAdministrator administrator;
    private final Accounts accounts;
    private final Environment environment;

    FirstStart(FirstAdministrator administrator, Accounts accounts, Environment environment) {
        this.administrator = administrator;
        this.accounts = accounts;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        Credentials made = accounts.hasLocalUsers() ? administrator.ensure() : null;
        if (made != null) {
            lines(made).forEach(line -> LOG.warn("{}", line));
        }
    }

    private List<String> lines(Credentials made) {
        return List.of(
                "------------------------------------------------------------------------",
                "  There are no users yet. Sign in at http%s://localhost:%s%s/sign-in"
                        .formatted(
                                environment.containsProperty("server.ssl.bundle")
                                                || environment.containsProperty("server.ssl.certificate")
                                        ? "s"
                                        : "",
                                environment.getProperty("local.server.port", ""),
                                environment.getProperty("server.servlet.context-path", "")),
                "  name:               " + made.name(),
                "  one-time password:  " + made.password(),
                "  This is shown once. You choose a password of your own at the first sign-in.",
                "------------------------------------------------------------------------");
    }
}
