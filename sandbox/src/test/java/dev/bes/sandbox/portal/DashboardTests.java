package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.analytics.CountedCall;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.gateway.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard of 200 calls that were counted at 08:00 on 5 January 2026; now it is 08:30. */
class DashboardTests {

    @TempDir
    private static Path data;

    private static final SettableClock clock = new SettableClock();
    private static Sandbox sandbox;

    @BeforeAll
    static void count() {
        sandbox = Sandbox.start(SharedStore.options().withClock(clock).withData(data));
        for (int i = 0; i < 200; i++) {
            Series series =
                    new Series("azureml-demo", "bes-status", "starter", i == 0 ? "<b>gone</b>" : "starter", null);
            int status = i < 150 ? 200 : i < 190 ? 429 : 500;
            sandbox.callCounts().record(new CountedCall(clock.instant(), series, status, i * 1_000_000L, 500_000, 50));
        }
        clock.advance(Duration.ofMinutes(30));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void showsFiguresAsChartsAndTables() throws Exception {
        String page = get("?range=PT1H").body();

        assertThat(page)
                .contains("200 calls: 150 success, 40 blocked, 10 failed, 0 other.")
                .contains("average 100 ms", "Bodies of requests and responses: 10.0 kB.")
                .contains("<svg viewBox=\"0 0 720 200\" role=\"img\" aria-labelledby=\"calls-title calls-text\">")
                .contains(">BES Status<", ">Starter<", ">2026-01-05 08:00:00<")
                .contains("hx-get=\"/portal/dashboard?range=PT1H\"", "hx-trigger=\"every 2s\"");
    }

    @Test
    void escapesIdsOfWhatIsGone() throws Exception {
        assertThat(get("").body()).contains("&lt;b&gt;gone&lt;/b&gt;").doesNotContain("<b>gone");
    }

    @Test
    void countsOnlyTheRangeOfTheAddress() throws Exception {
        assertThat(get("?range=PT5M").body()).contains("0 calls: ");
        assertThat(get("?range=P31D").body()).contains("200 calls: ");
        String past = get("?from=2026-01-05T07:00&to=2026-01-05T08:15").body();
        assertThat(past)
                .contains("200 calls: ", "value=\"2026-01-05T07:00\"")
                .as("what is past does not change")
                .doesNotContain("hx-trigger");
        assertThat(get("?from=2026-01-05T08:10&to=2026-01-05T08:15").body()).contains("0 calls: ");
    }

    @ParameterizedTest
    @CsvSource({
        "?range=PT2H,                                    range must be one of",
        "?from=yesterday,                                from must be a time in UTC",
        "?to=2026-13-01T00:00,                           to must be a time in UTC",
        "?from=2026-01-05T08:00&to=2026-01-05T08:00,     from must be before to",
        "?from=2026-01-05T09:00&to=2026-01-05T08:00,     from must be before to",
        "?from=2025-11-05T08:00&to=2026-01-05T08:00,     at most 31 days before it"
    })
    void refusesARangeThatMakesNoSense(String query, String text) throws Exception {
        HttpResponse<String> refused = get(query);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attacker.example", "attacker.example:8091"})
    void answersOnlyForLoopbackNames(String host) {
        assertThat(RawCall.send(sandbox.directUrl(), "GET", "/portal/dashboard", "", "Host: " + host))
                .startsWith("HTTP/1.1 421 ");
    }

    private static HttpResponse<String> get(String query) throws Exception {
        URI address = URI.create(sandbox.directUrl() + "/portal/dashboard" + query);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
