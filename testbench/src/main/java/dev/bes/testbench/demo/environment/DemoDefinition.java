package dev.bes.testbench.demo.environment;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shipped definition, with a schedule that fires soon.
 *
 * @param text the definition as shipped, YAML
 */
public record DemoDefinition(String text) {

    private static final Pattern CRON = Pattern.compile("(?m)^(\\s*cron: )\"([^\"]*)\"");
    private static final Pattern ZONE = Pattern.compile("(?m)^\\s*zone: \"?([\\w/+-]+)");
    private static final DateTimeFormatter ONCE = DateTimeFormatter.ofPattern("s m H d M '?'", Locale.ROOT);

    /**
     * Accepts a definition with exactly one schedule.
     *
     * @throws DemoFailure when it has no schedule or several
     */
    public DemoDefinition {
        if (CRON.matcher(text).results().count() != 1) {
            throw new DemoFailure("The demo needs a definition with exactly one cron expression");
        }
    }

    /** The cron expression as shipped. */
    public String cron() {
        return CRON.matcher(text).results().findFirst().orElseThrow().group(2);
    }

    /** A cron expression for that second, in the schedule's own zone; without a year, so that it is never invalid. */
    public String cronAt(Instant time) {
        Matcher zone = ZONE.matcher(text);
        ZoneId id = zone.find() ? ZoneId.of(zone.group(1)) : ZoneId.systemDefault();
        return ONCE.format(ZonedDateTime.ofInstant(time, id));
    }

    /** The definition with another cron expression. */
    public String with(String cron) {
        return CRON.matcher(text).replaceFirst("$1\"" + Matcher.quoteReplacement(cron) + "\"");
    }
}
