package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.CronValidator;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import dev.bes.orchestrator.text.Suggestion;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Checks what the schema cannot express about a schedule. */
record ScheduleValidator(CronValidator validator, NodeCursor schedule) {
    private static final List<String> EXPRESSIONS = List.of("cron", "every", "rule");

    void check() {
        checkExpressions();
        checkZone(schedule.at("zone"));
        NodeCursor calendar = schedule.at("calendar");
        calendar.at("holidays")
                .elements()
                .forEach(code -> code.text()
                        .flatMap(validator::holidaysMistake)
                        .ifPresent(mistake -> code.report(mistake, null)));
        Stream.of("closed", "open").forEach(key -> calendar.at(key).elements().forEach(ScheduleValidator::date));
        Optional<LocalDateTime> start = date(schedule.at("start"));
        NodeCursor end = schedule.at("end");
        date(end)
                .filter(last -> start.filter(last::isBefore).isPresent())
                .ifPresent(last -> end.report("'end' is before 'start'", null));
        warnIfEnded();
    }

    private void checkExpressions() {
        List<String> there =
                EXPRESSIONS.stream().filter(key -> schedule.at(key).isPresent()).toList();
        if (there.isEmpty() && schedule.isObject()) {
            schedule.reportMissing("cron", "or write 'every' or 'rule'");
        } else if (there.size() > 1) {
            schedule.at(there.getLast())
                    .reportKey(
                            "'%s' beside '%s': a schedule has one of them".formatted(there.getLast(), there.getFirst()),
                            "write another schedule");
        }
        NodeCursor cron = schedule.at("cron");
        cron.text()
                .flatMap(validator::mistake)
                .ifPresent(mistake -> cron.report("bad cron expression: " + mistake, null));
        NodeCursor every = schedule.at("every");
        every.text()
                .filter(text -> DurationFormatterUtils.detectAndParse(text).compareTo(Duration.ofSeconds(1)) < 0)
                .ifPresent(text -> every.report("'every' must be at least 1s, not " + text, null));
        NodeCursor rule = schedule.at("rule");
        rule.text()
                .flatMap(validator::ruleMistake)
                .ifPresent(mistake -> rule.report("bad recurrence rule: " + mistake, null));
        if (rule.isPresent() && !schedule.at("start").isPresent()) {
            schedule.reportMissing("start", "a rule counts from its first time");
        }
    }

    /** Only a warning: a running service must be able to restart after the last time of a schedule. */
    private void warnIfEnded() {
        NodeCursor expression = schedule.at("cron");
        NodeCursor zone = schedule.at("zone");
        if (!zone.isPresent() || zone.text().isPresent()) {
            expression
                    .text()
                    .flatMap(text -> validator.over(text, ZoneId.of(zone.text().orElse("UTC"))))
                    .ifPresent(reason -> expression.warn(reason, "the schedule is left out"));
        }
    }

    private static void checkZone(NodeCursor zone) {
        zone.text().ifPresent(text -> {
            try {
                ZoneId.of(text);
            } catch (DateTimeException _) {
                String hint = Suggestion.nearest(text, ZoneId.getAvailableZoneIds())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("write a name such as Europe/Berlin, or UTC");
                zone.report("unknown time zone '" + text + "'", hint);
            }
        });
    }

    private static Optional<LocalDateTime> date(NodeCursor date) {
        return date.text().flatMap(text -> {
            try {
                return Optional.of(
                        text.contains("T")
                                ? LocalDateTime.parse(text)
                                : LocalDate.parse(text).atStartOfDay());
            } catch (DateTimeException _) {
                date.report("there is no date '" + text + "'", null);
                return Optional.empty();
            }
        });
    }
}
