package dev.bes.orchestrator.web.events;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.security.BearerTokens;
import dev.bes.orchestrator.web.security.SecuritySettings;
import dev.bes.orchestrator.web.security.session.AccountSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells whether the caller of a stream may still do what he could when it began. */
@Component
public final class CallerCheck {
    private final SecuritySettings settings;
    private final List<BearerTokens> kinds;
    private final AccountSessions sessions;

    CallerCheck(SecuritySettings settings, ObjectProvider<BearerTokens> kinds, AccountSessions sessions) {
        this.settings = settings;
        this.kinds = kinds.orderedStream().toList();
        this.sessions = sessions;
    }

    /**
     * Asks anew whenever it is called, and reads the database. False when the key was revoked, the token or the session is
     * over, the user was disabled, or the grants are others.
     *
     * @param access what the caller could do when the request came
     */
    public BooleanSupplier of(HttpServletRequest request, Access access) {
        if (settings.mode() == SecuritySettings.Mode.OPEN) {
            return () -> true;
        }
        Optional<String> token = BearerTokens.in(request);
        return token.<BooleanSupplier>map(sent -> () ->
                        BearerTokens.access(kinds, sent).filter(access::equals).isPresent())
                .orElseGet(() -> sessions.validity(request, access));
    }
}
