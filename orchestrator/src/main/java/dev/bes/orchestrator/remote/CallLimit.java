package dev.bes.orchestrator.remote;

import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * So many calls in so much time, as the product of a subscription allows. Source: API Management, rate-limit and quota.
 *
 * @param calls how many, at least 1
 * @param period in how much time
 */
public record CallLimit(int calls, Duration period) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\w+)");

    /** Checks both. */
    public CallLimit {
        if (calls < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("A limit allows at least one call, in some time");
        }
    }

    /**
     * Reads a limit such as {@code 100/60s} or {@code 5000/1d}.
     *
     * @throws IllegalArgumentException saying what a limit looks like
     */
    public static CallLimit of(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            return new CallLimit(
                    Integer.parseInt(matcher.group(1)), DurationFormatterUtils.detectAndParse(matcher.group(2)));
        }
        throw new IllegalArgumentException("'" + text + "' is no limit: write calls/time, such as 100/60s or 5000/1d");
    }

    @Override
    public String toString() {
        return calls + " calls in " + DurationWords.of(period);
    }
}
