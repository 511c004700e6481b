package dev.bes.orchestrator.web.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A real OpenID Connect provider on loopback: Spring Authorization Server. The password of each user is his name. */
final class TestProvider implements AutoCloseable {
    static final String CLIENT = "orchestrator";
    static final String SECRET = "secret of the client";
    static final String AUDIENCE = "orchestrator-api";

    private final AnnotationConfigServletWebServerApplicationContext context =
            new AnnotationConfigServletWebServerApplicationContext();
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>(Map.of(
            "ann", List.of("finance-team"), "olga", List.of("ops"), "nina", List.of("others"), "dora", List.of("ops")));
    private volatile String node = "http://localhost:1";
    private volatile RSAKey key = newKey();

    private TestProvider(int port) {
        context.registerBean(TestProvider.class, () -> this);
        context.registerBean(TomcatServletWebServerFactory.class, () -> {
            TomcatServletWebServerFactory server = new TomcatServletWebServerFactory(port);
            server.setAddress(InetAddress.getLoopbackAddress());
            // filters are asked only where there is a servlet
            server.setRegisterDefaultServlet(true);
            return server;
        });
        context.register(Beans.class);
        context.refresh();
    }

    static TestProvider start(int port) {
        return new TestProvider(port);
    }

    String issuer() {
        return "http://127.0.0.1:" + context.getWebServer().getPort();
    }

    /** Where users may be sent back to. */
    void allow(String address) {
        this.node = address;
    }

    void groups(String user, String... now) {
        groups.put(user, List.of(now));
    }

    /** From now on it signs with another key, and has forgotten the last one. */
    void rotate() {
        key = newKey();
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    RSAKey key() {
        return key;
    }

    /** The claims of a valid bearer token. */
    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject("4711")
                .claim("preferred_username", "nightly-batch")
                .claim("groups", List.of("finance-team"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    static String signed(RSAKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private RegisteredClient client() {
        return RegisteredClient.withId("1")
                .clientId(CLIENT)
                .clientSecret("{noop}" + SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .redirectUri(node + "/sign-in/oidc")
                .postLogoutRedirectUri(node + "/sign-in?out")
                .scope("openid")
                .scope("profile")
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
    }

    // no @Configuration: the node would find it among its own
    @EnableWebSecurity
    static class Beans {
        @Bean
        SecurityFilterChain requests(HttpSecurity http) {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        AuthorizationServerSettings addresses() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        UserDetailsService users(TestProvider provider) {
            return new InMemoryUserDetailsManager(provider.groups.keySet().stream()
                    .map(name -> User.withUsername(name)
                            .password("{noop}" + name)
                            .roles("USER")
                            .build())
                    .toList());
        }

        @Bean
        RegisteredClientRepository clients(TestProvider provider) {
            return new RegisteredClientRepository() {
                @Override
                public void save(RegisteredClient client) {
                    // it would keep the secret in another encoding
                }

                @Override
                public RegisteredClient findById(String id) {
                    return provider.client();
                }

                @Override
                public RegisteredClient findByClientId(String id) {
                    return id.equals(CLIENT) ? provider.client() : null;
                }
            };
        }

        @Bean
        JWKSource<SecurityContext> keys(TestProvider provider) {
            return (selector, context) -> selector.select(new JWKSet(provider.key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return NimbusJwtDecoder.withJwkSource(keys).build();
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(TestProvider provider) {
            return token -> {
                String name = token.getPrincipal().getName();
                token.getClaims()
                        .claim("preferred_username", name)
                        .claim("groups", provider.groups.getOrDefault(name, List.of("finance-team")));
                if (token.getTokenType().getValue().equals("access_token")) {
                    token.getClaims().audience(List.of(AUDIENCE));
                }
            };
        }
    }
}
