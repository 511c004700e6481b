package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.account.AccountEvents;
import dev.bes.orchestrator.account.ExternalAccounts;
import dev.bes.orchestrator.account.SignIn;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.security.BearerTokens;
import dev.bes.orchestrator.web.security.PasswordSignIn;
import dev.bes.orchestrator.web.security.PeopleChain;
import dev.bes.orchestrator.web.security.session.AccountSessions;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the provider, if there is one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("orchestrator.security.oidc.issuer")
@EnableConfigurationProperties(OidcSettings.class)
class OidcConfiguration {

    @Bean
    OidcProvider oidcProvider(OidcSettings settings, InstantSource clock) {
        return new OidcProvider(settings, clock);
    }

    @Bean
    OidcTokens oidcTokens(OidcSettings settings, OidcProvider provider) {
        return new OidcTokens(settings, provider);
    }

    @Bean
    @ConditionalOnProperty("orchestrator.security.oidc.audience")
    BearerTokens oidcBearerTokens(OidcSettings settings, OidcTokens tokens) {
        return new OidcBearerTokens(tokens, String.valueOf(settings.audience()));
    }

    // late, since the page of the sign-in shows the links of all chains
    @Bean
    PeopleChain oidcChain(
            OidcSettings settings,
            OidcProvider provider,
            OidcTokens tokens,
            ExternalAccounts accounts,
            SignIn signIn,
            AccountEvents events,
            AccountSessions sessions,
            ObjectProvider<PasswordSignIn> page,
            ProblemAnswer answer) {
        return new OidcChain(
                settings,
                provider,
                () -> new OidcSignIn(tokens, accounts, signIn, events, sessions, page.getObject(), answer));
    }
}
