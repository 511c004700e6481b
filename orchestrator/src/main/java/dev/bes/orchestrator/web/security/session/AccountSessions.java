package dev.bes.orchestrator.web.security.session;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.Accounts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Keeps in a session which account it belongs to, and reads the account anew for each request. So a disabled user, another password and other grants
 * work at once on all nodes. A session that is over is removed.
 */
@Component
public class AccountSessions implements SecurityContextRepository {
    private static final String ATTRIBUTE = "account";
    // so that not every request writes; a tenth of the idle time is no loss
    private static final int ACTIVITY_STEPS = 10;

    private final Accounts accounts;
    private final SessionSettings settings;
    private final InstantSource clock;
    private final SessionRepository<?> repository;

    AccountSessions(
            Accounts accounts, SessionSettings settings, InstantSource clock, @Lazy SessionRepository<?> repository) {
        this.repository = repository;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    // deprecated for those who call it; the default of its successor asks it when the context is first needed
    @Override
    @SuppressWarnings({"deprecation", "removal"})
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        HttpServletRequest request = holder.getRequest();
        HttpSession session = request.getSession(false);
        String text = session == null ? null : text(session);
        if (session != null && text != null) {
            SessionState state = SessionState.of(text);
            Optional<Account> account = valid(state);
            if (account.isPresent()) {
                touch(session, state, request);
                context.setAuthentication(new SignedIn(account.get()));
            } else {
                session.invalidate();
            }
        }
        return context;
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        if (context.getAuthentication() instanceof SignedIn signedIn) {
            Instant now = clock.instant();
            Account account = signedIn.account();
            HttpSession session = request.getSession();
            session.setMaxInactiveInterval(Math.toIntExact(settings.idle().toSeconds()));
            session.setAttribute(
                    ATTRIBUTE, new SessionState(account.id(), account.sessionEpoch(), now, now).toString());
        } else {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.removeAttribute(ATTRIBUTE);
            }
        }
    }

    /** Begins a new session for the caller after his other ones were ended, with another id. */
    public void renew(Account account, HttpServletRequest request, HttpServletResponse response) {
        request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new SignedIn(account));
        SecurityContextHolder.setContext(context);
        saveContext(context, request, response);
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && text(session) != null;
    }

    /** Tells, whenever it is asked, whether the session of a request is not over and still stands for the same access. */
    public BooleanSupplier validity(HttpServletRequest request, Access access) {
        HttpSession session = request.getSession();
        String text = text(session);
        String id = session.getId();
        return () -> text != null
                && repository.findById(id) != null
                && valid(SessionState.of(text))
                        .map(Account::access)
                        .filter(access::equals)
                        .isPresent();
    }

    /** Whether {@link MultipartCsrf} compares the tokens of a request, instead of Spring Security. */
    public static boolean hasParts(HttpServletRequest request) {
        return MultipartCsrf.isIn(request);
    }

    private static @Nullable String text(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof String text ? text : null;
    }

    private Optional<Account> valid(SessionState state) {
        Instant now = clock.instant();
        return now.isBefore(state.since().plus(settings.max()))
                        && now.isBefore(state.active().plus(settings.idle()))
                ? accounts.find(state.account())
                        .filter(account -> accounts.isUsable(account) && account.sessionEpoch() == state.epoch())
                : Optional.empty();
    }

    /** A page that updates itself is no activity: else an open page would never let a session end. */
    private void touch(HttpSession session, SessionState state, HttpServletRequest request) {
        Instant now = clock.instant();
        boolean isUpdate = request.getMethod().equals("GET") && request.getHeader("HX-Request") != null;
        if (!isUpdate && now.isAfter(state.active().plus(settings.idle().dividedBy(ACTIVITY_STEPS)))) {
            session.setAttribute(
                    ATTRIBUTE, new SessionState(state.account(), state.epoch(), state.since(), now).toString());
        }
    }
}
