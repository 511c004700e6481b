package dev.bes.sandbox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.gateway.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTests {

    @TempDir
    private Path data;

    private final SettableClock clock = new SettableClock();

    @Test
    void countsAndQuotasContinueAfterARestart() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (Sandbox sandbox = start()) {
                for (int i = 0; i < 50; i++) {
                    assertThat(call(sandbox).statusCode()).isEqualTo(404);
                    clock.advance(Duration.ofMinutes(1));
                }
            }
        }
        try (Sandbox sandbox = start()) {
            assertThat(sandbox.callCounts().sums().all().calls()).isEqualTo(100);
            HttpResponse<String> refused = call(sandbox);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("Out of call volume quota.");
            clock.advance(Duration.ofDays(7));
            assertThat(call(sandbox).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRateLimitContinuesAfterARestart() throws Exception {
        try (Sandbox sandbox = start()) {
            for (int i = 0; i < 5; i++) {
                assertThat(call(sandbox).statusCode()).isEqualTo(404);
            }
        }
        try (Sandbox sandbox = start()) {
            assertThat(call(sandbox).statusCode()).isEqualTo(429);
            clock.advance(Duration.ofMinutes(1));
            assertThat(call(sandbox).statusCode()).isEqualTo(404);
        }
    }

    private Sandbox start() {
        return Sandbox.start(SharedStore.options().withClock(clock).withData(data));
    }

    private static HttpResponse<String> call(Sandbox sandbox) throws Exception {
        String path = sandbox.services().getFirst().path() + "/jobs/1?api-version=2.0";
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.managedUrl() + path))
                .header(
                        "Ocp-Apim-Subscription-Key",
                        sandbox.subscription("starter").primaryKey())
                .header(
                        "Authorization",
                        "Bearer " + sandbox.services().getFirst().apiKey())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
