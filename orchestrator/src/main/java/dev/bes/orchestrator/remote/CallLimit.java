package dev.bes.orchestrator.remote;

import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * A limit of calls per period, as the product of a subscription sets it. Source: API Management, rate-limit and quota.
 *
 * @param calls at least 1
 * @param period longer than zero
 */
public record CallLimit(int calls, Duration period) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\w+)");

    /** Checks the values. */
    public CallLimit {
        if (calls < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "A limit allows at least one call in a period longer than zero, such as 100/60s");
        }
    }

    /**
     * Reads a limit such as {@code 100/60s} or {@code 5000/1d}.
     *
     * @throws IllegalArgumentException with an example of a limit
     */
    public static CallLimit of(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            return new CallLimit(
                    Integer.parseInt(matcher.group(1)), DurationFormatterUtils.detectAndParse(matcher.group(2)));
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a limit: write calls/period, such as 100/60s or 5000/1d");
    }

    @Override
    public String toString() {
        return calls + " calls in " + DurationWords.of(period);
    }
}
