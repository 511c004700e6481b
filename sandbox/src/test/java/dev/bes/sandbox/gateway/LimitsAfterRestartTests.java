package dev.bes.sandbox.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.counters.CounterFile;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.read.Documents;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of rate limits, continued by the next start of the gateway. */
class LimitsAfterRestartTests {

    private static final String PATH = "/azureml-demo/workspaces/w/services/s/jobs/1";

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private final Subscriptions subscriptions = Subscriptions.of(Subscription.demo(), clock);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rate-limit calls=\"5\" renewal-period=\"60\" />",
                "<rate-limit-by-key calls=\"5\" renewal-period=\"60\" counter-key=\"@(context.Subscription.Id)\" />"
            })
    void aRateLimitCountsTheCallsBeforeARestart(String policy) {
        for (int i = 0; i < 5; i++) {
            assertThat(callAfterAStart(policy).status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(10));
        }

        Reply refused = callAfterAStart(policy);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "10");
        clock.advance(Duration.ofSeconds(10));
        assertThat(callAfterAStart(policy).status()).isEqualTo(200);
        assertThat(callAfterAStart(policy).status()).isEqualTo(429);
        clock.advance(Duration.ofMinutes(10));
        assertThat(callAfterAStart(policy).status()).isEqualTo(200);
    }

    @Test
    void manyCallsAreSavedInFewEntriesAndNoneIsForgiven() {
        String policy = "<rate-limit calls=\"20000\" renewal-period=\"60\" />";
        try (CounterFile file = file()) {
            Gateway gateway = gateway(policy, file);
            for (int i = 0; i < 15_000; i++) {
                assertThat(call(gateway).status()).isEqualTo(200);
                clock.advance(Duration.ofMillis(3));
            }
        }
        try (CounterFile file = file()) {
            assertThat(file.map("rates").values())
                    .singleElement()
                    .satisfies(it -> assertThat(it).hasSizeLessThan(100_000));
            Gateway gateway = gateway(policy, file);
            for (int i = 0; i < 5_000; i++) {
                assertThat(call(gateway).status()).isEqualTo(200);
            }
            assertThat(call(gateway).status()).isEqualTo(429);
            clock.advance(Duration.ofMillis(60_060));
            assertThat(call(gateway).status()).isEqualTo(200);
            file.save();
            assertThat(file.map("rates").values())
                    .singleElement()
                    .satisfies(it -> assertThat(it).hasSizeLessThan(200));
        }
        clock.advance(Duration.ofHours(1));
        try (CounterFile file = file()) {
            gateway(policy, file);
            assertThat(file.map("rates")).isEmpty();
        }
    }

    @Test
    void aClockThatIsSetBackBlocksNobody() {
        String policy = "<rate-limit calls=\"1\" renewal-period=\"60\" />";
        clock.advance(Duration.ofDays(1));
        assertThat(callAfterAStart(policy).status()).isEqualTo(200);
        clock.advance(Duration.ofDays(-1));

        assertThat(callAfterAStart(policy).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"longest\":\"PT1M\",\"calls\":[{\"at\":\"yesterday\",\"count\":1}]}"})
    void entriesThatMakeNoSenseAreRefusedWithTheFile(String entry) {
        try (CounterFile file = file()) {
            file.map("rates").put("product starter/0/0 starter", entry.getBytes(UTF_8));
        }
        try (CounterFile file = file()) {
            assertThatThrownBy(() -> gateway("<rate-limit calls=\"5\" renewal-period=\"60\" />", file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("counters.mv is damaged");
        }
    }

    private Reply callAfterAStart(String policy) {
        try (CounterFile file = file()) {
            return call(gateway(policy, file));
        }
    }

    private CounterFile file() {
        return CounterFile.open(folder.resolve("counters.mv"));
    }

    private Gateway gateway(String policy, CounterFile file) {
        Documents documents = Documents.bundled()
                .with(
                        "policies/products/starter.xml",
                        "<policies><inbound><base />" + policy + "</inbound></policies>");
        Gateway gateway = new Gateway(
                ManagedApiReader.read(documents),
                request -> new Reply(200, Map.of(), ""),
                subscriptions,
                1,
                clock,
                call -> {});
        gateway.keepCounters(file);
        return gateway;
    }

    private Reply call(Gateway gateway) {
        String key = subscriptions.withSid("starter").orElseThrow().primaryKey();
        Map<String, List<String>> headers = Map.of("Ocp-Apim-Subscription-Key", List.of(key));
        return gateway.handle(new Request(
                "http", "GET", PATH, Map.of("api-version", "2.0"), HttpHeaders.of(headers, (name, value) -> true), ""));
    }
}
