package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.AccountSettings;
import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.SignIn;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.security.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/** The sign-in of local users: what Spring Security's form login asks, and how it answers. */
@Component
public class PasswordSignIn implements AuthenticationProvider {
    // more than a name may have
    private static final int LONGEST_NAME = 100;

    private final SignIn signIn;
    private final Accounts accounts;
    private final ProblemAnswer answer;
    private final List<PeopleChain> others;

    PasswordSignIn(SignIn signIn, Accounts accounts, ProblemAnswer answer, List<PeopleChain> others) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.answer = answer;
        this.others = others;
    }

    /**
     * Adds the form to a chain of filters, if there are local users.
     *
     * @throws InvalidConfigurationPropertyValueException if there is no other way to sign in
     */
    void addTo(HttpSecurity http, SecurityContextRepository sessions) {
        if (accounts.hasLocalUsers()) {
            // the manager that all chains share has the same provider, and would try a refused password again
            http.getSharedObject(AuthenticationManagerBuilder.class)
                    .parentAuthenticationManager(null)
                    .authenticationProvider(this);
            http.formLogin(form -> form.loginPage("/sign-in")
                    .usernameParameter("user")
                    .passwordParameter("password")
                    .securityContextRepository(sessions)
                    .successHandler(this::accepted)
                    .failureHandler(this::refused));
        } else if (others.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    AccountSettings.LOCAL_USERS,
                    false,
                    "Without local users nobody could sign in. Set orchestrator.security.oidc.issuer and .client-id, or"
                            + " leave this setting out.");
        }
    }

    private static final class WaitException extends AuthenticationException {
        private static final long serialVersionUID = 1L;
        private final Duration time;

        WaitException(Duration time) {
            super("Too many failures");
            this.time = time;
        }
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String address =
                attempt.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        return switch (signIn.attempt(
                attempt.getName(),
                String.valueOf(attempt.getCredentials()),
                InetAddress.ofLiteral(address.replaceFirst("%.*", "")))) {
            case SignIn.Accepted accepted -> new SignedIn(accepted.account());
            case SignIn.Refused _ -> throw new BadCredentialsException("Refused");
            case SignIn.Wait wait -> throw new WaitException(wait.time());
        };
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }

    /** Goes where the user wanted to go, or to the change of a one-time password. */
    private void accepted(HttpServletRequest request, HttpServletResponse response, Authentication user) {
        boolean mustChange =
                user instanceof SignedIn signedIn && signedIn.account().mustChangePassword();
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(
                HttpHeaders.LOCATION,
                request.getContextPath() + (mustChange ? "/account" : OwnPath.of(request.getParameter("to"))));
    }

    /** Shows the form again, with one message for all failures. */
    private void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        String message;
        if (why instanceof WaitException wait) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.time.toSeconds()));
            message = "Too many attempts have failed. Try again in %d seconds.".formatted(wait.time.toSeconds());
        } else if (why instanceof BadCredentialsException) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            message = "The name or the password is not correct.";
        } else {
            throw new IllegalStateException(why);
        }
        Map<String, Object> model = model(request.getParameter("to"), message, request.getParameter("user"));
        answer.view("sign-in", model, request, response);
    }

    /** Whether users may sign in by passwords of this service. */
    public boolean takesPasswords() {
        return accounts.hasLocalUsers();
    }

    /** The model of the sign-in page; the user is what stood in the field for the name, to be corrected there. */
    public Map<String, Object> model(@Nullable String to, @Nullable String error, @Nullable String user) {
        return Map.of(
                "user",
                user == null || user.length() > LONGEST_NAME ? "" : user,
                "to",
                OwnPath.of(to),
                "error",
                error == null ? "" : error,
                "passwords",
                takesPasswords(),
                "others",
                others);
    }
}
