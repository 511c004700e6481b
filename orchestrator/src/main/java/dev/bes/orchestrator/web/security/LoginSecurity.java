package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.account.SignIn;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.session.AccountSessions;
import dev.bes.orchestrator.web.security.session.SignedIn;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * Mode {@code login}: two chains of filters. A request with {@code Authorization} comes from a program: it needs no token against forged forms and gets no
 * session. Every other request comes from a browser.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orchestrator.security.mode", havingValue = "login", matchIfMissing = true)
class LoginSecurity {
    private static final String SIGN_IN = "/sign-in";

    private static final String[] PUBLIC = {
        SIGN_IN,
        "/docs/problems",
        "/livez",
        "/readyz",
        "/actuator/health/**",
        "/app.css",
        "/app-*.css",
        "/favicon*.svg",
        "/stale*.js",
        "/webjars/**",
        "/error"
    };

    /** Programs: a bearer token in each request. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, List<BearerTokens> kinds, Unauthorized unauthorized) {
        return bare(http)
                .securityMatcher(request -> request.getHeader(HttpHeaders.AUTHORIZATION) != null)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerFilter(kinds, unauthorized), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .build();
    }

    /** People: a session in a cookie, and a token in each form. */
    @Bean
    @Order(2)
    SecurityFilterChain people(
            HttpSecurity http,
            AccountSessions sessions,
            CsrfTokenRepository csrf,
            PasswordSignIn passwords,
            SignIn signIn,
            List<PeopleChain> others,
            Unauthorized unauthorized,
            ProblemAnswer answer) {
        passwords.addTo(http, sessions);
        bare(http)
                .securityContext(context -> context.securityContextRepository(sessions))
                .csrf(forms -> forms.csrfTokenRepository(csrf).ignoringRequestMatchers(AccountSessions::hasParts))
                .logout(out -> out.logoutUrl("/sign-out")
                        .addLogoutHandler((request, response, user) -> {
                            if (user instanceof SignedIn signedIn) {
                                signIn.signedOut(signedIn.account().name());
                            }
                        })
                        .logoutSuccessUrl("/sign-in?out"))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(PUBLIC)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refused -> refused.authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler((request, response, e) -> {
                            if (CurrentAccess.get().equals(CurrentAccess.NOBODY) && !isSignIn(request)) {
                                unauthorized.commence(
                                        request, response, new InsufficientAuthenticationException("Nobody", e));
                            } else {
                                CurrentAccess.keep(request);
                                answer.any(
                                        ProblemKind.CSRF_TOKEN.detail(
                                                "The form does not have the token of this browser. Nothing was done"),
                                        request,
                                        response);
                            }
                        }));
        others.forEach(other -> other.add(http));
        return http.build();
    }

    /** The keys that this service makes. */
    @Bean
    BearerTokens apiKeyTokens(ApiKeys keys) {
        return new BearerTokens() {
            @Override
            public boolean isKind(String token) {
                return token.startsWith(ApiKeys.PREFIX);
            }

            @Override
            public Optional<Access> access(String token) {
                return keys.access(token);
            }
        };
    }

    private static boolean isSignIn(HttpServletRequest request) {
        return request.getRequestURI().equals(request.getContextPath() + SIGN_IN);
    }

    /** Headers of answers are the business of {@code web.guard}; where to go after a sign-in stands in its form. */
    private static HttpSecurity bare(HttpSecurity http) {
        return http.headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable);
    }
}
