package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.http.EndpointCircuitBreaker;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who refused, by the shape of what was said; and what is made of it. */
class SpeakersTests {
    private static final String HTML = "<!doctype html><h1>Request blocked</h1>";
    private static final String GATEWAY = "{ \"statusCode\": %d, \"message\": \"No.\" }";
    private static final String SERVICE =
            "{\"error\": {\"code\": \"c\", \"message\": \"m\", \"details\": [{\"code\": \"Inner\", \"message\": \"No.\"}]}}";
    private static final String CHALLENGE = "AzureApiManagementKey realm=\"https://x.example/azureml-demo\"";
    private static final String MISSING =
            "{ \"statusCode\": 401, \"message\": \"Access denied due to missing subscription key.\" }";

    private final BesFixture besFixture = new BesFixture();

    @AfterEach
    void close() {
        besFixture.close();
    }

    private RemoteException fault(int status, String body, String... headers) {
        besFixture.scriptedService.answers(status, body, headers);
        return catchThrowableOfType(
                RemoteException.class, () -> besFixture.jobs().submit(REQUEST));
    }

    private static void meets(Class<? extends RemoteException> type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type);
    }

    private static String body(String who, int status) {
        return switch (who) {
            case "html" -> HTML;
            case "words" -> "upstream connect error";
            case "json" -> "{\"message\": \"Forbidden\"}";
            case "gateway" -> GATEWAY.formatted(status);
            case "service" -> SERVICE;
            default -> "";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "400, html, Rejected, HOP",
        "400, gateway, Rejected, GATEWAY",
        "400, service, Rejected, SERVICE",
        "401, html, Refused, HOP",
        "401, words, Refused, UNKNOWN",
        "401, gateway, Refused, GATEWAY",
        "401, service, Refused, SERVICE",
        "402, gateway, Refused, GATEWAY",
        "402, html, Refused, HOP",
        "403, html, Refused, HOP",
        "403, json, Refused, HOP",
        "403, none, Refused, UNKNOWN",
        "403, gateway, Refused, GATEWAY",
        "403, service, Refused, SERVICE",
        "404, html, NotFound, HOP",
        "404, words, NotFound, HOP",
        "404, none, NotFound, UNKNOWN",
        "404, gateway, NotFound, GATEWAY",
        "404, service, NotFound, SERVICE",
        "405, gateway, Rejected, GATEWAY",
        "407, none, Refused, HOP",
        "408, service, Unavailable, SERVICE",
        "409, service, Unavailable, SERVICE",
        "410, service, NotFound, SERVICE",
        "410, html, Unavailable, HOP",
        "412, html, Unavailable, HOP",
        "413, html, Rejected, HOP",
        "413, gateway, Rejected, GATEWAY",
        "413, service, Rejected, SERVICE",
        "421, none, NotFound, HOP",
        "423, service, Unavailable, SERVICE",
        "425, none, Throttled, UNKNOWN",
        "426, html, Rejected, HOP",
        "429, html, Throttled, UNKNOWN",
        "429, gateway, Throttled, GATEWAY",
        "431, html, Rejected, HOP",
        "451, html, Refused, HOP",
        "500, gateway, Unavailable, GATEWAY",
        "501, html, Unavailable, HOP",
        "502, html, Unavailable, HOP",
        "503, service, Unavailable, SERVICE",
        "505, html, Unavailable, HOP",
        "511, html, Refused, HOP",
        "308, html, Unavailable, HOP",
    })
    void tellsServiceGatewayAndProxyByTheShapeOfTheirErrors(int status, String who, String type, By by) {
        RemoteException fault = fault(status, body(who, status));

        assertThat(fault.getClass().getSimpleName()).isEqualTo(type);
        assertThat(fault.by()).isEqualTo(by);
    }

    @ParameterizedTest
    @CsvSource({
        "404, html, true",
        "404, gateway, true",
        "404, none, true",
        "404, service, false",
        "410, service, false",
        "421, none, true"
    })
    void tellsAnUnknownAddressFromAnUnknownJob(int status, String who, boolean address) {
        assertThat(((NotFound) fault(status, body(who, status))).isAddress()).isEqualTo(address);
    }

    @Test
    void doesNotTakeAServiceThatIsGoneForAJobThatIs() {
        NotFound fault = (NotFound) fault(404, SERVICE.replace("Inner", "WebServiceNotFound"));

        assertThat(fault.isAddress()).isTrue();
        assertThat(fault).hasMessageContaining("check orchestrator.endpoints.toxic.url");
    }

    @ParameterizedTest
    @CsvSource({"413, html", "413, gateway", "413, service", "414, html", "431, none"})
    void knowsARefusalForItsSize(int status, String who) {
        assertThat(((Rejected) fault(status, body(who, status))).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void knowsARefusalForItsSizeByTheServicesCode() {
        assertThat(((Rejected) fault(400, SERVICE.replace("Inner", "RequestTooLarge"))).reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(((Rejected) fault(400, SERVICE)).reason()).isEqualTo(Reason.REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHALLENGE + ",name=\"x-api-key\",type=\"header\"",
                CHALLENGE + ", name=\"x-api-key\", type=\"header\"",
                "azureapimanagementkey name=x-api-key, type=header",
                "Bearer realm=\"x\", " + CHALLENGE + ",name=\"X-Api-Key\",type=\"header\"",
            })
    void namesTheSettingOfTheHeaderWhereTheGatewayLooksForItsKey(String challenge) {
        RemoteException fault = fault(401, MISSING, "WWW-Authenticate", challenge);

        assertThat(fault).isInstanceOf(Refused.class);
        assertThat(fault.getMessage().toLowerCase(java.util.Locale.ROOT))
                .contains("the gateway expects the key in the header 'x-api-key'")
                .contains("set orchestrator.endpoints.toxic.subscription-key-header to it")
                .doesNotContain("check orchestrator.endpoints.toxic.subscription-key");
    }

    @Test
    void findsTheGatewaysChallengeAmongOthersAndWithoutABody() {
        RemoteException fault = fault(
                401,
                "",
                "WWW-Authenticate",
                "Bearer",
                "WWW-Authenticate",
                CHALLENGE + ",name=\"x-api-key\",type=\"header\"");

        assertThat(fault.by()).isEqualTo(By.GATEWAY);
        assertThat(fault).hasMessageContaining("orchestrator.endpoints.toxic.subscription-key-header");
    }

    @Test
    void saysThatAKeyInTheAddressIsNoneOfOurs() {
        assertThat(fault(401, MISSING, "WWW-Authenticate", CHALLENGE + ",name=\"subscription-key\",type=\"query\""))
                .hasMessageContaining("only in the query parameter 'subscription-key'")
                .hasMessageContaining("orchestrator.endpoints.toxic.subscription-key-header");
    }

    @Test
    void changesNoKeyThatWasNotEvenLookedAt() {
        besFixture.secondarySubscriptionKey = new Secret("fedcba9876543210fedcba9876543210");

        besFixture.scriptedService.answers(
                401, MISSING, "WWW-Authenticate", CHALLENGE + ",name=\"x-api-key\",type=\"header\"");
        meets(Refused.class, () -> besFixture.jobs().submit(REQUEST));

        assertThat(besFixture.scriptedService.asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"statusCode\": 401, \"message\": \"JWT not present.\" } | | the gateway itself checks the Authorization header",
                "{ \"statusCode\": 401, \"message\": \"Unauthorized\" } | Bearer error=\"invalid_token\" | the gateway itself checks the Authorization header",
                "'' | Bearer | check orchestrator.endpoints.toxic.service-key",
                "Unauthorized | Negotiate | by a proxy or firewall on the network path",
                "'' | Basic realm=\"proxy\" | by a proxy or firewall on the network path",
            })
    void tellsWhoWantsAnotherSignIn(String body, @Nullable String challenge, String hint) {
        String[] headers = challenge == null ? new String[0] : new String[] {"WWW-Authenticate", challenge};

        assertThat(fault(401, body, headers)).isInstanceOf(Refused.class).hasMessageContaining(hint);
    }

    @Test
    void takesAnErrorWithAGoodStatusForNoStart() {
        besFixture
                .scriptedService
                .answers(200, GATEWAY.formatted(401))
                .answers(200, SERVICE)
                .answers(200, "{}");

        assertThat(catchThrowableOfType(
                        RemoteException.Unavailable.class,
                        () -> besFixture.jobs().start("a1")))
                .hasMessageContaining("an error in the body: No.");
        assertThat(catchThrowableOfType(
                        RemoteException.Unavailable.class,
                        () -> besFixture.jobs().cancel("a1")))
                .hasMessageContaining("an error in the body: No.");
        besFixture.jobs().start("a1");
    }

    @Test
    void isRememberedUntilACallOfTheSameKindIsGoodAgain() {
        BesEndpoints endpoints = besFixture.endpoints(Duration.ofSeconds(20));
        assertThat(endpoints.observedHealth("toxic").state()).isEqualTo(ObservedHealth.State.UNKNOWN);

        besFixture
                .scriptedService
                .answers(403, HTML)
                .answers(200, "{\"StatusCode\": \"Running\"}")
                .answers(200, "\"a1\"");
        meets(RemoteException.Refused.class, () -> endpoints.jobs("toxic").submit(REQUEST));
        endpoints.jobs("toxic").status("a1");

        assertThat(endpoints.observedHealth("toxic").isUnhealthy()).isTrue();
        assertThat(endpoints.observedHealth("toxic").reason())
                .contains("submit: 403", "by a proxy or firewall on the network path");
        assertThat(endpoints.observedHealth("toxic").since()).isEqualTo(besFixture.now);
        endpoints.jobs("toxic").submit(REQUEST);
        assertThat(endpoints.observedHealth("toxic")).isEqualTo(ObservedHealth.healthy(""));
    }

    @Test
    void isNoTroubleWhereItIsANoToWhatWasAsked() {
        BesEndpoints endpoints = besFixture.endpoints(Duration.ofSeconds(20));
        besFixture
                .scriptedService
                .answers(400, SERVICE)
                .answers(404, SERVICE)
                .answers(429, GATEWAY.formatted(429), "Retry-After", "60");
        meets(RemoteException.Rejected.class, () -> endpoints.jobs("toxic").submit(REQUEST));
        meets(RemoteException.NotFound.class, () -> endpoints.jobs("toxic").status("a1"));
        assertThat(endpoints.observedHealth("toxic")).isEqualTo(ObservedHealth.healthy(""));

        meets(RemoteException.Throttled.class, () -> endpoints.jobs("toxic").status("a1"));
        assertThat(endpoints.observedHealth("toxic").isUnhealthy()).isFalse();
        assertThat(endpoints.observedHealth("toxic").reason())
                .startsWith("it asked us to wait until 2026-11-23T12:01:00Z");
    }

    @Test
    void isSaidOfAFarSideThatIsLeftAloneAndForgottenWhenNobodyAsksAnyMore() {
        BesEndpoints endpoints = besFixture.endpoints(Duration.ofSeconds(20));
        for (int i = 0; i < EndpointCircuitBreaker.FAILURES; i++) {
            besFixture.scriptedService.answers(502, HTML);
            meets(
                    RemoteException.Unavailable.class,
                    () -> endpoints.jobs("toxic").status("a1"));
        }
        assertThat(endpoints.observedHealth("toxic").isUnhealthy()).isTrue();
        assertThat(endpoints.observedHealth("toxic").reason())
                .contains("5 calls in a row had no answer", "502: an HTML page");

        besFixture.now = besFixture.now.plus(EndpointCircuitBreaker.SHORTEST);
        besFixture.scriptedService.answers(401, SERVICE);
        meets(RemoteException.Refused.class, () -> endpoints.jobs("toxic").status("a1"));
        assertThat(endpoints.observedHealth("toxic").reason())
                .contains("check orchestrator.endpoints.toxic.service-key");
        besFixture.now = besFixture.now.plus(Duration.ofMinutes(16));
        assertThat(endpoints.observedHealth("toxic").state()).isEqualTo(ObservedHealth.State.UNKNOWN);
    }
}
