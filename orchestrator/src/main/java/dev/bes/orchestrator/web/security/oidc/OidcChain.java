package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.web.security.PeopleChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Sign-in by authorization code with PKCE. Source: OpenID Connect Core 1.0, section 3.1. */
final class OidcChain implements PeopleChain {
    private final OidcSettings settings;
    private final OidcProvider provider;
    private final Supplier<OidcSignIn> ends;

    OidcChain(OidcSettings settings, OidcProvider provider, Supplier<OidcSignIn> ends) {
        this.settings = settings;
        this.provider = provider;
        this.ends = ends;
    }

    @Override
    public String label() {
        return settings.label();
    }

    @Override
    public String path() {
        return OidcLink.BASE + "/" + OidcProvider.ID;
    }

    @Override
    public void add(HttpSecurity http) {
        OidcSignIn end = ends.get();
        OidcSignOut signOut = new OidcSignOut(settings, provider);
        RestClientAuthorizationCodeTokenResponseClient codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(provider.http()
                .mutate()
                .configureMessageConverters(converters -> converters
                        .registerDefaults()
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        http.oauth2Login(login -> login.clientRegistrationRepository(provider)
                .authorizedClientRepository(new NothingKept())
                .loginPage("/sign-in")
                .authorizationEndpoint(link -> link.authorizationRequestResolver(new OidcLink(provider)))
                .redirectionEndpoint(back -> back.baseUri("/sign-in/oidc"))
                .tokenEndpoint(token -> token.accessTokenResponseClient(codes))
                // the ID token says all: the provider is not asked again who he is
                .userInfoEndpoint(
                        user -> user.oidcUserService(request -> new DefaultOidcUser(List.of(), request.getIdToken())))
                .successHandler(end)
                .failureHandler(end)
                .addObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                        filter.setAuthenticationFailureHandler(end);
                        return filter;
                    }
                }));
        http.logout(out -> out.addLogoutHandler(signOut).logoutSuccessHandler(signOut));
    }

    /** The tokens are not kept: this service calls nothing in the name of a user. */
    private static final class NothingKept implements OAuth2AuthorizedClientRepository {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication user, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication user,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String registration, Authentication user, HttpServletRequest request, HttpServletResponse response) {}
    }
}
