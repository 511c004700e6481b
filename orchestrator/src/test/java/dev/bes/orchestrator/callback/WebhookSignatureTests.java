package dev.bes.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTests {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    private static WebhookSignature with(String secret, @Nullable String previous) {
        return new WebhookSignature(new CallbackSettings(
                List.of("https://hooks.example.com"),
                List.of(),
                new Secret(secret),
                previous == null ? null : new Secret(previous),
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofHours(24)));
    }

    /** Source: the example of the libraries of Standard Webhooks. */
    @Test
    void signsAsStandardWebhooksSay() {
        assertThat(with(SECRET, null).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsByBothSecretsWhileOneReplacesTheOther() {
        String next = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        assertThat(with(next, SECRET).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .matches("v1,[^ ]{44} v1,g0hM9SsE\\+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_not Base64 at all"})
    void refusesSecretsThatAreNoneWithoutShowingThem(String secret) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> with(secret, null))
                .withMessageStartingWith("orchestrator.callbacks.secret must be 'whsec_'")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("MfKQ9", "c2hv", "not Base64"));
    }

    @Test
    void refusesAddressesWithoutASecret() {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> with(" ", null))
                .withMessageStartingWith("orchestrator.callbacks.secret is missing");
    }
}
