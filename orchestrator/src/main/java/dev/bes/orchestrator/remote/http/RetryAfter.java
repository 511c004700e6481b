package dev.bes.orchestrator.remote.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long a throttled caller has to wait: from the header, else from the gateway's message, else a default. */
public final class RetryAfter {

    /** The wait if the answer does not name one. */
    public static final Duration DEFAULT = Duration.ofSeconds(30);
    /** The shortest wait. */
    public static final Duration MIN = Duration.ofSeconds(1);
    /** The longest wait, even if the answer names a longer one. */
    public static final Duration MAX = Duration.ofHours(1);

    private static final String HEADER = "Retry-After";
    private static final Pattern SECONDS = Pattern.compile("\\d+");
    private static final Pattern TRY_AGAIN = Pattern.compile("(?i)try again in (\\d{1,9}) second");
    private static final Pattern REPLENISHED =
            Pattern.compile("(?i)replenished in (?:(\\d{1,5})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})");

    private RetryAfter() {}

    /** Whether the answer has the header. */
    public static boolean isIn(HttpHeaders headers) {
        return headers.firstValue(HEADER).isPresent();
    }

    /**
     * The time to wait from now.
     *
     * @param message the gateway's message; may be empty
     */
    public static Duration of(HttpHeaders headers, String message, Instant now) {
        Duration wait = headers.firstValue(HEADER)
                .flatMap(value -> fromHeader(value.strip(), now))
                .or(() -> fromMessage(message))
                .orElse(DEFAULT);
        if (wait.compareTo(MIN) < 0) {
            return MIN;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }

    private static Optional<Duration> fromHeader(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(value.length() > 9 ? MAX : Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return Optional.of(Duration.between(now, date)).filter(wait -> !wait.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Source: exact error responses of API Management; spans over a day as a .NET TimeSpan. */
    private static Optional<Duration> fromMessage(String message) {
        Matcher tryAgain = TRY_AGAIN.matcher(message);
        if (tryAgain.find()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(tryAgain.group(1))));
        }
        Matcher replenished = REPLENISHED.matcher(message);
        if (!replenished.find()) {
            return Optional.empty();
        }
        long days = replenished.group(1) == null ? 0 : Long.parseLong(replenished.group(1));
        return Optional.of(Duration.ofDays(days)
                .plusHours(Long.parseLong(replenished.group(2)))
                .plusMinutes(Long.parseLong(replenished.group(3)))
                .plusSeconds(Long.parseLong(replenished.group(4))));
    }
}
