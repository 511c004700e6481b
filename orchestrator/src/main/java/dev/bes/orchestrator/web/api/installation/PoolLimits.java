package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.NewRateJson;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the name and the limits of a pool as a caller sends them. */
final class PoolLimits {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern LINE = Pattern.compile("[^\\p{C}]{0,500}");
    private static final int MOST = 100_000;
    private static final int LONGEST_SECONDS = 86_400;

    private PoolLimits() {}

    /**
     * The name.
     *
     * @throws ProblemException if no pool can have it
     */
    static String name(String name) {
        check(NAME.matcher(name).matches(), "A name has lower-case letters, digits and '-', at most 63");
        return name;
    }

    /**
     * The limits.
     *
     * @throws ProblemException if one is missing, or too small or too large
     */
    static Limits of(NewPoolJson limits) {
        String description =
                limits.description() == null ? "" : limits.description().strip();
        check(LINE.matcher(description).matches(), "'description' must be one line of at most 500 characters");
        int slots = within("slots", limits.slots(), 0, MOST);
        return new Limits(description, slots, rate(limits.rate()));
    }

    private static @Nullable Rate rate(@Nullable NewRateJson rate) {
        return rate == null
                ? null
                : new Rate(
                        within("rate.launches", rate.launches(), 1, MOST),
                        Duration.ofSeconds(within("rate.periodSeconds", rate.periodSeconds(), 1, LONGEST_SECONDS)));
    }

    private static int within(String key, @Nullable Integer value, int least, int most) {
        check(
                value != null && value >= least && value <= most,
                "'%s' must be a number from %,d to %,d".formatted(key, least, most));
        return value == null ? least : value;
    }

    private static void check(boolean good, String problem) {
        if (!good) {
            throw new ProblemException(ProblemKind.INVALID_POOL, problem);
        }
    }
}
