package dev.bes.orchestrator.web.format;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.bes.orchestrator.trigger.schedule.FireTimes;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes cron expressions in words. The words come from another library than the scheduler's, which reads some
 * expressions differently. So a description is given only if its times and its days are those of the scheduler.
 */
public final class CronDescription {
    private static final Logger LOG = LoggerFactory.getLogger(CronDescription.class);
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
    private static final int TIMES = 50;
    private static final int DAYS = 60;
    /** The most of seconds, minutes, hours and months; steps of days and years never come out even. */
    private static final int[] CYCLES = {60, 60, 24, 0, 12, 0, 0};

    private static final Pattern STEP = Pattern.compile("([*]|\\d+)/(\\d+)");
    private static final Pattern DAY = Pattern.compile(
            List.of(DayOfWeek.values()).stream().map(CronDescription::name).collect(Collectors.joining("|")));
    private static final Pattern RANGE = Pattern.compile("between (" + DAY + ") and (" + DAY + ")");

    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

    /** The description; empty if there is no correct one. Never fails. */
    public Optional<String> of(String cron, Instant now) {
        return known.computeIfAbsent(cron, expression -> describe(expression, now));
    }

    private static Optional<String> describe(String expression, Instant now) {
        try {
            Cron cron = PARSER.parse(expression);
            String words = CronDescriptor.instance(Locale.ENGLISH).describe(cron);
            List<ZonedDateTime> times = new ArrayList<>();
            boolean agree = agree(expression, ExecutionTime.forCron(cron), now, times);
            return agree && stepsComeOutEven(expression) && namesTheDays(words, times)
                    ? Optional.of(words)
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.debug("No description for {}", expression, e);
            return Optional.empty();
        }
    }

    /** Compares the next times, and the first one of each of the next days that have some; gathers them. */
    private static boolean agree(String expression, ExecutionTime other, Instant now, List<ZonedDateTime> times) {
        Instant from = now;
        for (int i = 0; i < TIMES + DAYS; i++) {
            Optional<Instant> next = FireTimes.after(expression, from);
            Optional<Instant> theirs =
                    other.nextExecution(from.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toInstant);
            if (!next.equals(theirs)) {
                return false;
            }
            if (next.isEmpty()) {
                break;
            }
            ZonedDateTime time = next.get().atZone(ZoneOffset.UTC);
            times.add(time);
            boolean jumps = i >= TIMES;
            from = jumps
                    ? time.truncatedTo(ChronoUnit.DAYS)
                            .plusDays(1)
                            .minusSeconds(1)
                            .toInstant()
                    : next.get();
        }
        return !times.isEmpty();
    }

    /** "Every 7 hours" is not true when midnight comes after three. */
    private static boolean stepsComeOutEven(String expression) {
        String[] fields = expression.strip().split("\\s+", -1);
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].contains("/")) {
                Matcher step = STEP.matcher(fields[i]);
                if (!step.matches() || CYCLES[i] == 0) {
                    return false;
                }
                int every = Integer.parseInt(step.group(2));
                int first = step.group(1).equals("*") ? 0 : Integer.parseInt(step.group(1));
                if (every == 0 || CYCLES[i] % every != 0 || first > every || (first == every && CYCLES[i] != 12)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the days of the week in the words, if there are any, are those of the times. */
    private static boolean namesTheDays(String words, List<ZonedDateTime> times) {
        Set<DayOfWeek> named = EnumSet.noneOf(DayOfWeek.class);
        DAY.matcher(words)
                .results()
                .map(MatchResult::group)
                .map(CronDescription::day)
                .forEach(named::add);
        RANGE.matcher(words).results().forEach(range -> {
            for (DayOfWeek day = day(range.group(1)); day != day(range.group(2)); day = day.plus(1)) {
                named.add(day);
            }
        });
        Set<DayOfWeek> fired = EnumSet.noneOf(DayOfWeek.class);
        times.forEach(time -> fired.add(time.getDayOfWeek()));
        return named.isEmpty() || named.equals(fired);
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static DayOfWeek day(String name) {
        return DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
