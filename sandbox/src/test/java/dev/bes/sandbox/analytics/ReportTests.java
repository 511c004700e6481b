package dev.bes.sandbox.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.gateway.SettableClock;
import dev.bes.sandbox.management.ManagementClient;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The reports of calls that were made through the gateway between 08:00 and 08:30 on 5 January 2026. */
class ReportTests {

    private static final String ALL =
            "timestamp ge datetime'2026-01-05T00:00:00' and timestamp le datetime'2026-01-06T00:00:00'";

    private static Sandbox sandbox;
    private static ManagementClient client;

    @BeforeAll
    static void call() throws Exception {
        SettableClock clock = new SettableClock();
        sandbox = Sandbox.start(SharedStore.options().withClock(clock));
        client = new ManagementClient(sandbox);
        for (int i = 0; i < 6; i++) {
            call(
                    "GET",
                    "/jobs/1?api-version=2.0",
                    sandbox.subscription("starter").primaryKey());
        }
        call("GET", "/elsewhere", sandbox.subscription("unlimited").primaryKey());
        clock.advance(Duration.ofMinutes(20));
        call("POST", "/jobs?api-version=2.0", "nobody's");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void reportsByOperation() {
        JsonNode report = report("byOperation", ALL, "");

        assertThat(names(report))
                .contains("(none)", "BES Delete", "BES Start", "BES Status", "BES Submit", "RRS Execute");
        JsonNode status = row(report, "BES Status");
        assertThat(status.path("apiId").stringValue()).isEqualTo("/apis/azureml-demo");
        assertThat(status.path("operationId").stringValue()).isEqualTo("/apis/azureml-demo/operations/bes-status");
        assertThat(status.path("callCountTotal").intValue()).isEqualTo(6);
        assertThat(status.path("callCountBlocked").intValue()).isEqualTo(1);
        assertThat(status.path("callCountOther").intValue()).isEqualTo(5);
        assertThat(status.path("bandwidth").intValue()).isPositive();
        assertThat(status.path("apiTimeMin").doubleValue()).isPositive();
        assertThat(status.path("apiTimeAvg").doubleValue())
                .isBetween(
                        status.path("apiTimeMin").doubleValue(),
                        status.path("apiTimeMax").doubleValue());
        assertThat(status.path("serviceTimeMax").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(status.path("apiTimeMax").doubleValue());
        assertThat(row(report, "(none)").path("callCountOther").intValue()).isEqualTo(1);
    }

    @Test
    void reportsByProductSubscriptionApiAndUser() {
        JsonNode product = row(report("byProduct", ALL, ""), "Starter");
        assertThat(product.path("productId").stringValue()).isEqualTo("/products/starter");
        assertThat(product.path("callCountTotal").intValue()).isEqualTo(6);

        JsonNode subscriptions = report("bySubscription", ALL, "");
        assertThat(names(subscriptions)).containsExactly("(none)", "starter", "suspended", "unlimited");
        assertThat(row(subscriptions, "starter").path("subscriptionId").stringValue())
                .isEqualTo("/subscriptions/starter");
        assertThat(row(subscriptions, "suspended").path("callCountTotal").intValue())
                .isZero();

        assertThat(row(report("byApi", ALL, ""), "AzureML Demo API")
                        .path("callCountTotal")
                        .intValue())
                .isEqualTo(7);
        assertThat(names(report("byUser", ALL, ""))).contains("Administrator");
    }

    @Test
    void reportsByTimeInIntervals() {
        JsonNode quarters = report("byTime", ALL, "&interval=PT15M");
        assertThat(quarters.path("count").intValue()).isEqualTo(2);
        JsonNode first = quarters.path("value").path(0);
        assertThat(first.path("timestamp").stringValue()).isEqualTo("2026-01-05T08:00:00Z");
        assertThat(first.path("interval").stringValue()).isEqualTo("PT15M");
        assertThat(first.path("callCountTotal").intValue()).isEqualTo(7);

        JsonNode day = report("byTime", ALL, "&interval=P1D").path("value");
        assertThat(day.size()).isEqualTo(1);
        assertThat(day.path(0).path("callCountTotal").intValue()).isEqualTo(8);
    }

    @Test
    void filtersByTimeAndIds() {
        String late =
                "timestamp ge datetime'2026-01-05T08:15:00Z' and timestamp le datetime'2026-01-05T10:00:00+01:00'";
        assertThat(report("byTime", late, "&interval=PT15M").path("count").intValue())
                .isEqualTo(1);

        String starter = ALL + " and productId eq '/products/starter'";
        assertThat(row(report("byOperation", starter, ""), "(none)").isMissingNode())
                .isTrue();
        assertThat(row(report("byOperation", ALL + " and subscriptionId eq '/subscriptions/unlimited'", ""), "(none)")
                        .path("callCountTotal")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void ordersAndPages() {
        assertThat(names(report("byOperation", ALL, "&$orderby=callCountTotal%20desc&$top=1")))
                .containsExactly("BES Status");
        JsonNode second = report("bySubscription", ALL, "&$top=1&$skip=1");
        assertThat(names(second)).containsExactly("starter");
        assertThat(second.path("count").intValue()).isEqualTo(4);
        assertThat(second.path("nextLink").stringValue()).contains("reports/bySubscription", "%24skip=2");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "byOperation?,                                                                     $filter,  A report needs",
                "byOperation?$filter=,                                                             $filter,  Character 1:",
                "byOperation?$filter=timestamp ge '2026-01-05T00:00:00',                           $filter,  Character 1:",
                "byOperation?$filter=timestamp ge datetime'yesterday',                             $filter,  Character 1:",
                "byOperation?$filter=timestamp gt datetime'2026-01-05T00:00:00',                   $filter,  'timestamp gt'",
                "byOperation?$filter=timestamp ge datetime'2026-01-05T00:00:00' or,                $filter,  Character 44:",
                "byOperation?$filter=timestamp ge datetime'2026-01-05T00:00:00' and ,              $filter,  Character 44:",
                "byOperation?$filter=timestamp ge datetime'2027-01-05T00:00:00',                   $filter,  ends before it begins",
                "byOperation?$filter=colour eq 'red',                                              $filter,  'colour eq'",
                "byOperation?$filter=apiId eq 'a'&$top=0,                                          $top,     from 1 to 1000",
                "byOperation?$filter=apiId eq 'a'&$top=1001,                                       $top,     from 1 to 1000",
                "byOperation?$filter=apiId eq 'a'&$skip=-1,                                        $skip,    from 0",
                "byOperation?$filter=apiId eq 'a'&$orderby=colour,                                 $orderby, 'colour'",
                "byTime?$filter=apiId eq 'a',                                                      interval, multiple of 15 minutes",
                "byTime?$filter=apiId eq 'a'&interval=PT1M,                                        interval, multiple of 15 minutes",
                "byTime?$filter=apiId eq 'a'&interval=PT0S,                                        interval, multiple of 15 minutes",
                "byTime?$filter=apiId eq 'a'&interval=PT15M0.5S,                                   interval, multiple of 15 minutes",
                "byTime?$filter=apiId eq 'a'&interval=P32D,                                        interval, at most PT744H",
                "byTime?$filter=apiId eq 'a'&interval=P99999999999D,                               interval, at most PT744H"
            })
    void refusesWhatItCannotRead(String address, String target, String message) {
        String encoded = address.replace(" ", "%20").replace("'", "%27");
        HttpResponse<String> refused = client.call("GET", "/reports/" + encoded, "");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode error = ManagementClient.read(refused).path("error");
        assertThat(error.path("code").stringValue()).isEqualTo("ValidationError");
        assertThat(error.path("details").path(0).path("target").stringValue()).isEqualTo(target);
        assertThat(error.path("details").path(0).path("message").stringValue()).contains(message);
    }

    private static JsonNode report(String name, String filter, String more) {
        return client.get("/reports/" + name + "?$filter=" + URLEncoder.encode(filter, UTF_8) + more);
    }

    private static List<String> names(JsonNode report) {
        return StreamSupport.stream(report.path("value").spliterator(), false)
                .map(row -> row.path("name").stringValue())
                .toList();
    }

    private static JsonNode row(JsonNode report, String name) {
        return StreamSupport.stream(report.path("value").spliterator(), false)
                .filter(row -> name.equals(row.path("name").stringValue()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static void call(String method, String operation, String key) throws Exception {
        String address = sandbox.managedUrl() + sandbox.services().getFirst().path() + operation;
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Ocp-Apim-Subscription-Key", key)
                .header(
                        "Authorization",
                        "Bearer " + sandbox.services().getFirst().apiKey())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(request, BodyHandlers.discarding());
        }
    }
}
