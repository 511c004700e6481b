package dev.bes.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.read.Documents;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as the documents write them, run on calls. */
class PoliciesTests {

    private static final String STARTER = "policies/products/starter.xml";
    private static final String API = "policies/api.xml";
    private static final String PATH = "/azureml-demo/workspaces/w/services/s/jobs/1";

    private final SettableClock clock = new SettableClock();
    private final List<Request> forwarded = new ArrayList<>();
    private Documents documents = Documents.bundled();
    private CountDownLatch during = new CountDownLatch(0);
    private Reply answer = new Reply(200, Map.of("Server", "backend"), "");

    @Test
    void theSeventhCallPassesWhenTheDocumentSaysSeven() {
        given(STARTER, "<rate-limit calls=\"7\" renewal-period=\"60\" />");
        Gateway gateway = gateway();

        for (int i = 0; i < 7; i++) {
            assertThat(get(gateway).status()).isEqualTo(200);
        }
        assertThat(get(gateway).status()).isEqualTo(429);
    }

    @Test
    void withoutBaseTheApiDropsTheLimitsOfTheProduct() {
        documents = documents.with(API, "<policies><inbound></inbound></policies>");
        Gateway gateway = gateway();

        for (int i = 0; i < 6; i++) {
            assertThat(get(gateway).status()).isEqualTo(200);
        }
    }

    @Test
    void baseDecidesTheOrderOfTheScopes() {
        documents = documents
                .with(STARTER, "<policies><inbound>" + append("product") + "</inbound></policies>")
                .with(
                        API,
                        "<policies><inbound>" + append("before") + "<base />" + append("after")
                                + "</inbound></policies>")
                .with(
                        "policies/operations/bes-status.xml",
                        "<policies><inbound><base />" + append("operation") + "</inbound></policies>");

        get(gateway());

        assertThat(forwarded.getFirst().header("x-order")).contains("before,product,after,operation");
    }

    @Test
    void nestedLimitsCountByThemselves() {
        given(STARTER, """
                <rate-limit calls="5" renewal-period="60" retry-after-header-name="x-wait"
                    remaining-calls-header-name="x-left" total-calls-header-name="x-total">
                    <api id="azureml-demo" calls="4" renewal-period="60">
                        <operation name="BES Status" calls="2" renewal-period="30" />
                    </api>
                </rate-limit>
                """);
        Gateway gateway = gateway();

        assertThat(get(gateway).headers()).containsEntry("x-left", "4").containsEntry("x-total", "5");
        get(gateway);
        assertThat(get(gateway))
                .returns(429, Reply::status)
                .returns("30", it -> it.headers().get("x-wait"))
                .returns("3", it -> it.headers().get("x-left"));
        assertThat(delete(gateway).status()).isEqualTo(200);
        assertThat(delete(gateway).status()).isEqualTo(200);
        assertThat(delete(gateway).status()).isEqualTo(429);
    }

    @Test
    void aQuotaOfBandwidthIsRefusedInTheseWords() {
        given(STARTER, "<quota bandwidth=\"2\" renewal-period=\"3600\" />");
        answer = new Reply(200, Map.of(), "x".repeat(1024));
        Gateway gateway = gateway();
        get(gateway);
        get(gateway);
        clock.advance(Duration.ofMinutes(59));

        assertThat(get(gateway))
                .isEqualTo(new Reply(
                        403,
                        Map.of("Content-Type", "application/json", "Retry-After", "60"),
                        "{ \"statusCode\": 403, \"message\": \"Out of bandwidth quota."
                                + " Quota will be replenished in 00:01:00.\" }"));

        clock.advance(Duration.ofMinutes(1));
        assertThat(get(gateway).status()).isEqualTo(200);
    }

    @Test
    void aQuotaWithoutAnEndIsNotReplenished() {
        given(STARTER, "<quota calls=\"1\" renewal-period=\"0\" />");
        Gateway gateway = gateway();
        get(gateway);
        clock.advance(Duration.ofDays(4000));

        assertThat(get(gateway).body()).contains("Out of call volume quota.");
    }

    @Test
    void aKeyHasOneCountAtAllScopes() {
        String limit = "<rate-limit-by-key calls=\"3\" renewal-period=\"60\" counter-key=\"%s\" />";
        given(STARTER, limit.formatted("@(context.Request.IpAddress)"));
        given(API, limit.formatted("@(context.Request.IpAddress)"));
        Gateway gateway = gateway();

        assertThat(get(gateway).status()).isEqualTo(200);
        assertThat(get(gateway).status()).as("both scopes count a call").isEqualTo(429);
    }

    @Test
    void anAddressThatIsForbiddenIsRefused() {
        given(API, "<ip-filter action=\"forbid\"><address-range from=\"127.0.0.0\" to=\"127.0.0.9\" /></ip-filter>");
        assertThat(get(gateway()))
                .returns(403, Reply::status)
                .returns("{ \"statusCode\": 403, \"message\": \"Forbidden\" }", Reply::body);
        given(API, "<ip-filter action=\"allow\"><address>127.0.0.1</address></ip-filter>");
        assertThat(get(gateway()).status()).isEqualTo(200);
        given(API, "<ip-filter action=\"allow\"><address>10.0.0.1</address></ip-filter>");
        assertThat(get(gateway()).status()).isEqualTo(403);
    }

    @Test
    void headersOfRequestReplyAndRefusalAreSet() {
        documents = documents.with(API, """
                <policies>
                    <inbound>
                        <base />
                        <set-header name="Authorization"><value>Bearer fixed</value></set-header>
                        <set-header name="User-Agent" exists-action="delete" />
                    </inbound>
                    <outbound>
                        <base />
                        <set-header name="server" exists-action="delete" />
                        <set-header name="x-by" exists-action="skip"><value>gateway</value></set-header>
                    </outbound>
                    <on-error>
                        <set-header name="x-error"><value>yes</value></set-header>
                    </on-error>
                </policies>
                """);
        Gateway gateway = gateway();

        assertThat(get(gateway).headers()).containsOnly(Map.entry("x-by", "gateway"));
        assertThat(forwarded.getFirst().header("Authorization")).contains("Bearer fixed");
        assertThat(forwarded.getFirst().header("User-Agent")).isEmpty();
        assertThat(get(gateway, Map.of()).headers()).containsEntry("x-error", "yes");
    }

    @Test
    void thePathOfTheBackendsAddressIsPutBeforeThatOfTheOperation() {
        given(API, "<set-backend-service base-url=\"https://europewest.services.azureml.net/v1/\" />");

        get(gateway());

        assertThat(forwarded.getFirst().path()).isEqualTo("/v1/workspaces/w/services/s/jobs/1");
    }

    @Test
    void withoutForwardRequestTheBackendIsNotCalled() {
        documents = documents.with(API, "<policies><inbound><base /></inbound><backend /></policies>");

        assertThat(get(gateway())).isEqualTo(new Reply(200, Map.of(), ""));
        assertThat(forwarded).isEmpty();
    }

    @Test
    void forwardRequestWaitsNoLongerThanItsTimeout() {
        backend("timeout=\"60\"");
        assertThat(get(gateway()).status()).isEqualTo(200);

        backend("timeout-ms=\"20\"");
        CountDownLatch answers = new CountDownLatch(1);
        during = answers;
        Reply late = get(gateway());
        answers.countDown();

        assertThat(late.status()).isEqualTo(500);
        assertThat(late.body()).isEqualTo("{ \"statusCode\": 500, \"message\": \"Internal server error\" }");
        assertThat(late.headers()).containsEntry("x-error", "yes").doesNotContainKey("x-out");
    }

    @ParameterizedTest
    @CsvSource({"404, x-error", "400, x-error", "599, x-error", "399, x-out", "200, x-out"})
    void forwardRequestMayTakeAnErrorOfTheBackendForAnError(int status, String header) {
        backend("fail-on-error-status-code=\"true\" http-version=\"2or1\" follow-redirects=\"true\""
                + " continue-timeout=\"1\" buffer-request-body=\"true\" buffer-response=\"false\"");
        answer = new Reply(status, Map.of(), "from the backend");

        assertThat(get(gateway())).isEqualTo(new Reply(status, Map.of(header, "yes"), "from the backend"));
        assertThat(forwarded).hasSize(1);
    }

    @Test
    void anOpenProductNeedsNoKeyAndARateLimitCountsNoCallWithoutOne() {
        documents = documents.with("products.yaml", """
                - name: starter
                  displayName: Starter
                  subscriptionRequired: false
                  policy: policies/products/starter.xml
                """);
        Gateway gateway = gateway();

        for (int i = 0; i < 6; i++) {
            assertThat(get(gateway, Map.of()).status()).isEqualTo(200);
        }
        assertThat(get(gateway, Map.of("Ocp-Apim-Subscription-Key", "wrong")).status())
                .isEqualTo(401);
    }

    @Test
    void theKeyMayHaveOtherNames() {
        documents = documents.with("api.yaml", """
                name: azureml-demo
                displayName: AzureML Demo API
                path: azureml-demo
                subscriptionKeyParameterNames: {header: x-api-key, query: key}
                """);
        Gateway gateway = gateway();

        assertThat(get(gateway, Map.of("X-Api-Key", demoKey())).status()).isEqualTo(200);
        assertThat(get(gateway).headers().get("WWW-Authenticate")).contains("name=\"x-api-key\"");
    }

    /** The policy, in the section inbound of a document that inherits the rest. */
    private void given(String file, String policy) {
        documents = documents.with(file, "<policies><inbound><base />" + policy + "</inbound></policies>");
    }

    /** A document of the API that forwards so, and marks what ran afterwards. */
    private void backend(String attributes) {
        documents = documents.with(
                API,
                "<policies><backend><forward-request " + attributes + " /></backend><outbound>" + mark("x-out")
                        + "</outbound><on-error>" + mark("x-error") + "</on-error></policies>");
    }

    private static String mark(String header) {
        return "<set-header name=\"" + header + "\"><value>yes</value></set-header>";
    }

    private static String append(String value) {
        return "<set-header name=\"x-order\" exists-action=\"append\"><value>" + value + "</value></set-header>";
    }

    private Gateway gateway() {
        return new Gateway(
                ManagedApiReader.read(documents),
                request -> {
                    forwarded.add(request);
                    await(during);
                    return answer;
                },
                Subscriptions.of(Subscription.demo(), clock),
                1,
                clock,
                call -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String demoKey() {
        return Subscription.demo().getFirst().primaryKey();
    }

    private static Reply get(Gateway gateway) {
        return get(gateway, Map.of("Ocp-Apim-Subscription-Key", demoKey()));
    }

    private static Reply delete(Gateway gateway) {
        return call(gateway, "DELETE", Map.of("Ocp-Apim-Subscription-Key", demoKey()));
    }

    private static Reply get(Gateway gateway, Map<String, String> headers) {
        return call(gateway, "GET", headers);
    }

    private static Reply call(Gateway gateway, String method, Map<String, String> headers) {
        Map<String, List<String>> all = new HashMap<>(Map.of("Host", List.of("gw:1"), "User-Agent", List.of("test")));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return gateway.handle(new Request(
                "http", method, PATH, Map.of("api-version", "2.0"), HttpHeaders.of(all, (name, value) -> true), ""));
    }
}
