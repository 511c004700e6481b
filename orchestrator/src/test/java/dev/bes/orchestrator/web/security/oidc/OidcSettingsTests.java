package dev.bes.orchestrator.web.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The settings of the OpenID Connect provider. */
class OidcSettingsTests {
    private static OidcSettings settings(Map<String, String> more) {
        Map<String, String> all =
                new java.util.HashMap<>(Map.of("o.issuer", "https://id.example", "o.client-id", "me"));
        all.putAll(more);
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("o", OidcSettings.class)
                .get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://id.example/realms/x", "http://localhost:1", "http://127.0.0.1:1/x", "http://[::1]:1"})
    void takesHttpsIssuersAndLoopback(String issuer) {
        assertThat(settings(Map.of("o.issuer", issuer)).issuer()).hasToString(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example",
                "ftp://id.example",
                "https://user@id.example",
                "https://id.example?x=1",
                "https://id.example#x",
                "file:///etc/passwd",
                "id.example"
            })
    void refusesOtherIssuers(String issuer) {
        assertThatThrownBy(() -> settings(Map.of("o.issuer", issuer)))
                .rootCause()
                .hasMessageContaining("issuer");
    }

    @ParameterizedTest
    @CsvSource({
        "o.client-id, '', client-id",
        "o.scopes, email, scopes",
        "o.grants.x, boss, grants",
        "o.grants.x, operator:, grants",
        "o.algorithms, none, algorithms",
        "o.algorithms, HS256, algorithms"
    })
    void refusesSettingsThatMakeNoSense(String name, String value, String named) {
        assertThatThrownBy(() -> settings(Map.of(name, value))).hasStackTraceContaining(named);
    }

    @Test
    void givesTheGrantsOfAllGroups() {
        OidcSettings settings =
                settings(Map.of("o.grants.finance-team", "operator:finance-*, viewer", "o.grants.ops", "admin"));

        assertThat(settings.of(List.of("finance-team", "unknown")))
                .extracting(Object::toString)
                .containsExactly("operator:finance-*", "viewer");
        assertThat(settings.of(List.of("FINANCE-TEAM", "ops "))).isEmpty();
        assertThat(settings.toString()).doesNotContain("secret");
    }
}
