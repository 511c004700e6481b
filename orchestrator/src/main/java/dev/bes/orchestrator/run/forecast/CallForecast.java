package dev.bes.orchestrator.run.forecast;

import java.time.Instant;
import java.util.List;

/**
 * What a run that the limits of the managed API hold up has ahead of it.
 *
 * @param calls how many calls it needs yet, roughly
 * @param by when there will have been so many, at the soonest
 * @param limits the limits, in words
 */
public record CallForecast(long calls, Instant by, List<String> limits) {

    /** The same for a log. */
    String words() {
        return "needs about %d calls; the limits of the managed API (%s) let them through by %s at the soonest"
                .formatted(calls, String.join(", ", limits), by);
    }
}
