package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.account.Account;
import dev.bes.orchestrator.account.AccountEvents;
import dev.bes.orchestrator.account.AccountRefusedException;
import dev.bes.orchestrator.account.ExternalAccounts;
import dev.bes.orchestrator.account.Grant;
import dev.bes.orchestrator.account.SignIn;
import dev.bes.orchestrator.audit.RequestOrigin;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.security.OwnPath;
import dev.bes.orchestrator.web.security.PasswordSignIn;
import dev.bes.orchestrator.web.security.session.AccountSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Ends a sign-in by the provider: gives whom it has identified an account and a session, or says why not. */
final class OidcSignIn implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    /** The attribute of a session that says where its user wanted to go. */
    static final String TO = "oidc-to";

    /** The attribute of a session with the ID token, by which its user signs out of the provider. */
    static final String ID_TOKEN = "oidc-id-token";

    private static final String PROVIDER = "provider";
    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);

    private final OidcTokens tokens;
    private final ExternalAccounts accounts;
    private final SignIn signIn;
    private final AccountEvents events;
    private final AccountSessions sessions;
    private final PasswordSignIn page;
    private final ProblemAnswer answer;

    OidcSignIn(
            OidcTokens tokens,
            ExternalAccounts accounts,
            SignIn signIn,
            AccountEvents events,
            AccountSessions sessions,
            PasswordSignIn page,
            ProblemAnswer answer) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.signIn = signIn;
        this.events = events;
        this.sessions = sessions;
        this.page = page;
        this.answer = answer;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication identified) throws IOException {
        if (!(identified.getPrincipal() instanceof OidcUser user)) {
            throw new IllegalStateException("The provider gave no ID token");
        }
        RequestOrigin.signsInBy(PROVIDER);
        Optional<String> name = tokens.name(user);
        List<Grant> grants = tokens.grants(user);
        String to = session(request, TO);
        try {
            if (name.isEmpty()) {
                refuse(null, "The provider gives this user no name that can be used.", request, response);
                return;
            }
            String externalId = user.getIssuer() + " " + user.getSubject();
            if (grants.isEmpty()) {
                accounts.withdraw(externalId);
                refuse(
                        name.get(),
                        "The provider knows you, but none of your groups has a right here. Ask an administrator.",
                        request,
                        response);
                return;
            }
            Account account = accounts.signedIn(externalId, name.get(), grants);
            if (account.disabled()) {
                refuse(name.get(), "Your account is disabled. Ask an administrator.", request, response);
                return;
            }
            sessions.renew(signIn.accepted(account.id(), request.getRemoteAddr()), request, response);
        } catch (AccountRefusedException e) {
            refuse(name.orElse(null), String.valueOf(e.getMessage()) + ".", request, response);
            return;
        }
        request.getSession().removeAttribute(TO);
        request.getSession().setAttribute(ID_TOKEN, user.getIdToken().getTokenValue());
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + OwnPath.of(to));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        RequestOrigin.signsInBy(PROVIDER);
        OidcUnavailableException unavailable = unavailable(why);
        LOG.warn(
                "A sign-in by the OpenID Connect provider failed: {}",
                VisibleText.of(String.valueOf((unavailable == null ? why : unavailable).getMessage())));
        if (unavailable != null) {
            show(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The provider can't be reached at the moment. Try again later"
                            + (page.takesPasswords() ? ", or sign in with a password." : "."),
                    request,
                    response);
        } else {
            refuse(null, "The sign-in by the provider did not succeed. Try again.", request, response);
        }
    }

    private static @Nullable OidcUnavailableException unavailable(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OidcUnavailableException unavailable) {
                return unavailable;
            }
        }
        return null;
    }

    private void refuse(@Nullable String name, String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        events.signInRefused(name, "from " + request.getRemoteAddr() + " by the OpenID Connect provider: " + why);
        show(HttpStatus.UNAUTHORIZED, why, request, response);
    }

    private void show(HttpStatus status, String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String to = session(request, TO);
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        response.setStatus(status.value());
        answer.view("sign-in", page.model(to, why, null), request, response);
    }

    private static @Nullable String session(HttpServletRequest request, String attribute) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(attribute) instanceof String text ? text : null;
    }
}
