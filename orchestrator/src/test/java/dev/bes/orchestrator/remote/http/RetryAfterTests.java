package dev.bes.orchestrator.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "57 | PT57S",
                "0 | PT1S",
                "3600 | PT1H",
                "604800 | PT1H",
                "1000000000 | PT1H",
                "99999999999999999999 | PT1H",
                "-1 | PT30S",
                "soon | PT30S",
                "'' | PT30S",
                "Mon, 23 Nov 2026 12:01:30 GMT | PT1M30S",
                "Mon, 23 Nov 2026 11:00:00 GMT | PT30S",
                "Mon, 23 Nov 2099 12:00:00 GMT | PT1H"
            })
    void readsTheHeader(String value, Duration wait) {
        HttpHeaders headers = HttpHeaders.of(Map.of("retry-after", List.of(value)), (name, any) -> true);

        assertThat(RetryAfter.of(headers, "", NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rate limit is exceeded. Try again in 57 seconds. | PT57S",
                "Rate limit is exceeded. Try again in 1 second. | PT1S",
                "Out of call volume quota. Quota will be replenished in 00:06:46. | PT6M46S",
                "Out of bandwidth quota. Quota will be replenished in 6.23:59:59. | PT1H",
                "Try again in 99999999999 seconds. | PT30S",
                "Too many. | PT30S"
            })
    void readsTheGatewaysSentenceWhereThereIsNoHeader(String message, Duration wait) {
        HttpHeaders none = HttpHeaders.of(Map.of(), (name, any) -> true);

        assertThat(RetryAfter.of(none, message, NOW)).isEqualTo(wait);
    }
}
