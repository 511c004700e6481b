package dev.bes.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bes.sandbox.analytics.CountedCall;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTests {

    private static final String SERVICE = "/azureml-demo/workspaces/w/services/s";
    private static final String CHALLENGE =
            "AzureApiManagementKey realm=\"http://gw:1/azureml-demo\",name=\"Ocp-Apim-Subscription-Key\",type=\"header\"";

    private final SettableClock clock = new SettableClock();
    private final List<String> forwarded = new ArrayList<>();
    private final List<CountedCall> counted = new ArrayList<>();
    private final Subscriptions subscriptions = Subscriptions.of(Subscription.demo(), clock);
    private int backendStatus = 200;
    private final Gateway gateway = gateway(1);

    @Test
    void forwardsACallBelowTheSuffix() {
        assertThat(call(key("unlimited")).status()).isEqualTo(200);
        assertThat(forwarded).containsExactly("/workspaces/w/services/s/jobs/1");
    }

    @Test
    void acceptsTheSecondaryKeyToo() {
        assertThat(call(subscriptions.withSid("unlimited").orElseThrow().secondaryKey())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesACallWithoutAKeyInExactlyTheseWords() {
        Reply reply = gateway.handle(request("GET", SERVICE + "/jobs/1", Map.of("api-version", "2.0")));

        assertThat(reply)
                .isEqualTo(new Reply(
                        401,
                        Map.of("Content-Type", "application/json", "WWW-Authenticate", CHALLENGE),
                        "{ \"statusCode\": 401, \"message\": \"Access denied due to missing subscription key."
                                + " Make sure to include subscription key when making requests to this API.\" }"));
        assertThat(reply.body()).hasSize(154);
        assertThat(forwarded).isEmpty();
    }

    @Test
    void refusesAnUnknownKeyInExactlyTheseWords() {
        Reply reply = call("nobody's key");

        assertThat(reply)
                .isEqualTo(new Reply(
                        401,
                        Map.of("Content-Type", "application/json", "WWW-Authenticate", CHALLENGE),
                        "{ \"statusCode\": 401, \"message\": \"Access denied due to invalid subscription key."
                                + " Make sure to provide a valid key for an active subscription.\" }"));
        assertThat(reply.body()).hasSize(143);
    }

    @Test
    void refusesTheKeyOfASuspendedSubscription() {
        assertThat(call(key("suspended")).body()).contains("invalid subscription key");
    }

    @Test
    void takesTheKeyFromTheQueryOnlyWithoutAHeader() {
        Map<String, String> query = Map.of("api-version", "2.0", "subscription-key", key("unlimited"));
        Request withoutHeader = request("GET", SERVICE + "/jobs/1", query);
        Request withWrongHeader = withKey(withoutHeader, "wrong");

        assertThat(gateway.handle(withoutHeader).status()).isEqualTo(200);
        assertThat(gateway.handle(withWrongHeader).status()).isEqualTo(401);
    }

    @Test
    void limitsTheStarterProductToFiveCallsInASlidingMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(call(key("starter")).status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(1));
        }
        Reply refused = call(key("starter"));

        assertThat(refused)
                .isEqualTo(new Reply(
                        429,
                        Map.of("Content-Type", "application/json", "Retry-After", "55"),
                        "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 55 seconds.\" }"));
        assertThat(refused.body()).hasSize(84);

        clock.advance(Duration.ofSeconds(55));
        assertThat(call(key("starter")).status()).isEqualTo(200);
        assertThat(call(key("starter")).headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void limitsTheStarterProductToAHundredCallsInAFixedWeek() {
        clock.advance(Duration.ofDays(6));
        for (int i = 0; i < 100; i++) {
            assertThat(call(key("starter")).status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(20));
        }
        clock.advance(
                Duration.ofHours(23).minusSeconds(406).minusSeconds(20 * 100).plusHours(1));
        Reply refused = call(key("starter"));

        assertThat(refused)
                .isEqualTo(new Reply(
                        403,
                        Map.of("Content-Type", "application/json", "Retry-After", "406"),
                        "{ \"statusCode\": 403, \"message\": \"Out of call volume quota."
                                + " Quota will be replenished in 00:06:46.\" }"));

        clock.advance(Duration.ofSeconds(406));
        assertThat(call(key("starter")).status()).isEqualTo(200);
    }

    @Test
    void writesALongSpanWithItsDays() {
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            call(key("starter"));
            clock.advance(Duration.ofMillis(12_001));
        }
        assertThat(call(key("starter")).body()).contains("6.23:39:59");
    }

    @Test
    void countsEachSubscriptionByItself() {
        for (int i = 0; i < 6; i++) {
            call(key("starter"));
        }
        assertThat(call(key("unlimited")).status()).isEqualTo(200);
    }

    @Test
    void shortensThePeriodsWhenTheyAreScaled() {
        Gateway fast = gateway(0.01);
        for (int i = 0; i < 5; i++) {
            fast.handle(statusCall(key("starter")));
        }
        assertThat(fast.handle(statusCall(key("starter"))).status()).isEqualTo(429);

        clock.advance(Duration.ofMillis(600));
        assertThat(fast.handle(statusCall(key("starter"))).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /azureml-demo/workspaces/w/services/s/jobs/1,      404",
        "GET,  /azureml-demo/workspaces/w/services/s/jobs/1?v,    200",
        "GET,  /azureml-demo/workspaces/w/services/s/jobs?v,      404",
        "GET,  /azureml-demo/workspaces/w/services/s/jobs/1/?v,   200",
        "POST, /azureml-demo/workspaces/w/services/s/jobs/?v,     200",
        "POST, /azureml-demo/workspaces/w/services/s/jobs//?v,    404",
        "POST, /azureml-demo/subscriptions/w/services/s/jobs?v,   404",
        "POST, /azureml-demo/workspaces/w/services/s/execute?v,   404",
        "POST, /azureml-demo/workspaces/w/services/s/execute?vd,  200",
        "POST, /azureml-demo/workspaces/w/services/s/execute/?VD, 200",
        "GET,  /azureml-demo/workspaces/w/services/s/swagger.json,200",
        "POST, /workspaces/w/services/s/jobs?v,                   404"
    })
    void forwardsOnlyWhatMatchesAnOperationTemplate(String method, String address, int status) {
        Map<String, String> query = new HashMap<>();
        String parameters = address.contains("?") ? address.substring(address.indexOf('?') + 1) : "";
        if (parameters.contains("v")) {
            query.put("api-version", "2.0");
        }
        if (parameters.contains("d")) {
            query.put("details", "true");
        }
        if (parameters.equals("VD")) {
            query.putAll(Map.of("API-VERSION", "2.0", "DETAILS", "true"));
        }
        Request request = withKey(request(method, address.replaceAll("\\?.*", ""), query), key("unlimited"));

        assertThat(gateway.handle(request).status()).isEqualTo(status);
    }

    @Test
    void answersAnUnknownOperationInExactlyTheseWords() {
        assertThat(gateway.handle(request("GET", "/elsewhere", Map.of())))
                .isEqualTo(new Reply(
                        404,
                        Map.of("Content-Type", "application/json"),
                        "{ \"statusCode\": 404, \"message\": \"Resource not found\" }"));
    }

    @Test
    void countsEachCallWithItsOperationProductAndSubscription() {
        for (int status : List.of(200, 204, 400, 404, 503)) {
            backendStatus = status;
            call(key("unlimited"));
        }
        call("wrong");

        Series served = new Series("azureml-demo", "bes-status", "unlimited", "unlimited", "demo");
        assertThat(counted)
                .extracting(CountedCall::series, CountedCall::status)
                .containsExactly(
                        tuple(served, 200),
                        tuple(served, 204),
                        tuple(served, 400),
                        tuple(served, 404),
                        tuple(served, 503),
                        tuple(new Series("azureml-demo", "bes-status", null, null, null), 401));
    }

    private Gateway gateway(double periodScale) {
        return new Gateway(
                ManagedApiReader.bundled(),
                request -> {
                    forwarded.add(request.path());
                    return new Reply(backendStatus, Map.of(), "");
                },
                subscriptions,
                periodScale,
                clock,
                counted::add);
    }

    private String key(String name) {
        return subscriptions.withSid(name).orElseThrow().primaryKey();
    }

    private Reply call(String key) {
        return gateway.handle(statusCall(key));
    }

    private static Request statusCall(String key) {
        return withKey(request("GET", SERVICE + "/jobs/1", Map.of("api-version", "2.0")), key);
    }

    private static Request withKey(Request request, String key) {
        Map<String, List<String>> headers = new HashMap<>(request.headers().map());
        headers.put("Ocp-Apim-Subscription-Key", List.of(key));
        return new Request(
                request.scheme(),
                request.method(),
                request.path(),
                request.query(),
                HttpHeaders.of(headers, (name, value) -> true),
                request.body());
    }

    private static Request request(String method, String path, Map<String, String> query) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Host", List.of("gw:1")), (name, value) -> true);
        return new Request("http", method, path, query, headers, "");
    }
}
