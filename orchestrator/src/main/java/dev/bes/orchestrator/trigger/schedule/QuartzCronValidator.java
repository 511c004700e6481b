package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.time.CronText;
import dev.bes.orchestrator.trigger.schedule.time.Holidays;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** Validates what schedules say about times, with the libraries that read it. */
public final class QuartzCronValidator implements CronValidator {
    private final InstantSource clock;

    /** Uses the clock of the machine. */
    public QuartzCronValidator() {
        this(InstantSource.system());
    }

    public QuartzCronValidator(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<String> mistake(String expression) {
        try {
            CronText.quartz(expression);
            return Optional.empty();
        } catch (ParseException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> over(String expression, ZoneId zone) {
        Schedule schedule = new Schedule("", expression, zone);
        Instant now = clock.instant();
        return FireTimes.after(schedule, now).isPresent()
                ? Optional.empty()
                : Optional.of(FireTimes.last(schedule, now)
                        .map(last -> "this schedule never fires again: its last time was " + last.atZone(zone))
                        .orElse("this schedule can never fire: there is no such time, or it is beyond the years that"
                                + " Quartz supports"));
    }

    @Override
    public Optional<String> ruleMistake(String rule) {
        return ScheduleTimes.ruleMistake(rule);
    }

    @Override
    public Optional<String> holidaysMistake(String code) {
        return Holidays.mistake(code);
    }
}
