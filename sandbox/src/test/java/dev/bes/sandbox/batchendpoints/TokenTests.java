package dev.bes.sandbox.batchendpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.gateway.SettableClock;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.NextFaults.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tokens: the two forms in which they are asked for, their audience and their end. */
class TokenTests {

    private static final String JOBS = "/batchEndpoints/SimpleFeatureHashingExperiment/jobs";
    private static final SettableClock clock = new SettableClock();
    private static Sandbox sandbox;
    private static EndpointClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options().withClock(clock));
        client = new EndpointClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void withoutFaults() {
        sandbox.batchEndpoints(BatchEndpointSettings.DEFAULT);
    }

    @Test
    void issuesATokenForAResource() {
        Map<String, String> fields = client.credentials();
        fields.put("resource", "https://ml.azure.com");
        JsonNode token = EndpointClient.json.readTree(
                client.form("/some-tenant/oauth2/token", fields).body());

        assertThat(token.path("token_type").stringValue()).isEqualTo("Bearer");
        assertThat(token.path("expires_in").stringValue()).isEqualTo("3599");
        assertThat(token.path("resource").stringValue()).isEqualTo("https://ml.azure.com");
        assertThat(status(token)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://ml.azure.com/.default", "openid profile offline_access https://ml.azure.com//.default"})
    void issuesATokenForAScope(String scope) {
        Map<String, String> fields = client.credentials();
        fields.put("scope", scope);
        JsonNode token = EndpointClient.json.readTree(
                client.form("/some-tenant/oauth2/v2.0/token", fields).body());

        assertThat(token.path("expires_in").intValue()).isEqualTo(3599);
        assertThat(status(token)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type, password, 400, unsupported_grant_type",
        "client_id, somebody, 400, unauthorized_client",
        "client_secret, wrong, 401, invalid_client",
        "scope, https://ml.azure.com, 400, invalid_scope",
        "scope, https://example.org/.default, 400, invalid_scope"
    })
    void refusesWrongCredentials(String field, String value, int status, String error) {
        Map<String, String> fields = client.credentials();
        fields.put("scope", "https://ml.azure.com/.default");
        fields.put(field, value);
        var reply = client.form("/some-tenant/oauth2/v2.0/token", fields);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(EndpointClient.json.readTree(reply.body()).path("error").stringValue())
                .isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://management.azure.com/", "https://management.core.windows.net/"})
    void takesBothNamesOfTheResourceManager(String resource) {
        assertThat(client.callWith(client.token(resource), "GET", workspace(), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesTheOtherAudience() {
        assertThat(code(client.call("GET", JOBS, EndpointClient.ARM, "").body()))
                .isEqualTo("InvalidAuthenticationTokenAudience");
        assertThat(code(client.call("GET", workspace(), EndpointClient.SCORING, "")
                        .body()))
                .isEqualTo("InvalidAuthenticationTokenAudience");
    }

    @Test
    void refusesATokenThatItDidNotIssue() {
        String token = client.token(EndpointClient.SCORING);
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "c2lnbmF0dXJl";

        assertThat(code(client.callWith(forged, "GET", JOBS, "").body())).isEqualTo("InvalidAuthenticationToken");
        assertThat(code(client.callWith("a.b", "GET", JOBS, "").body())).isEqualTo("InvalidAuthenticationToken");
    }

    @Test
    void refusesATokenAfterItsEnd() {
        sandbox.batchEndpoints(BatchEndpointSettings.DEFAULT.withTokenLifetime(Duration.ofSeconds(60)));
        String token = client.token(EndpointClient.SCORING);
        assertThat(client.callWith(token, "GET", JOBS, "").statusCode()).isEqualTo(200);

        clock.advance(Duration.ofSeconds(60));

        var reply = client.callWith(token, "GET", JOBS, "");
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(code(reply.body())).isEqualTo("ExpiredAuthenticationToken");
    }

    @Test
    void issuesATokenForTheWrongAudienceAsOftenAsIsSet() {
        sandbox.batchEndpoints(BatchEndpointSettings.DEFAULT.withNext(Fault.WRONG_AUDIENCE, 1));

        assertThat(client.call("GET", JOBS, EndpointClient.SCORING, "").statusCode())
                .isEqualTo(401);
        assertThat(client.call("GET", JOBS, EndpointClient.SCORING, "").statusCode())
                .isEqualTo(200);
    }

    private static int status(JsonNode token) {
        return client.callWith(token.path("access_token").stringValue(), "GET", JOBS, "")
                .statusCode();
    }

    private static String workspace() {
        return EndpointClient.WORKSPACE + "?api-version=2024-10-01";
    }

    private static String code(String body) {
        return EndpointClient.json.readTree(body).at("/error/code").stringValue();
    }
}
