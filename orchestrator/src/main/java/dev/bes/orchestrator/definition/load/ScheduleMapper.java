package dev.bes.orchestrator.definition.load;

import dev.bes.orchestrator.definition.Triggers.BusinessDays;
import dev.bes.orchestrator.definition.Triggers.CatchUp;
import dev.bes.orchestrator.definition.Triggers.DaylightSaving;
import dev.bes.orchestrator.definition.Triggers.Missed;
import dev.bes.orchestrator.definition.Triggers.Missing;
import dev.bes.orchestrator.definition.Triggers.Otherwise;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Repeated;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import tools.jackson.databind.JsonNode;

/** Maps a validated tree to a schedule. Missing keys get the defaults of the schema. */
final class ScheduleMapper {
    private ScheduleMapper() {}

    static Schedule schedule(JsonNode schedule) {
        return new Schedule(
                schedule.path("name").asString(),
                text(schedule.path("cron")),
                ZoneId.of(schedule.path("zone").asString("UTC")),
                duration(schedule.path("every")),
                text(schedule.path("rule")),
                time(schedule.path("start"), LocalTime.MIN),
                time(schedule.path("end"), LocalTime.of(23, 59, 59)),
                duration(schedule.path("jitter")),
                parameters(schedule.path("parameters")),
                calendar(schedule.path("calendar")),
                daylightSaving(schedule.path("daylight-saving"), schedule.has("rule")),
                missed(schedule.path("missed")),
                schedule.has("overlap") ? constant(Overlap.class, schedule.path("overlap"), Overlap.ALLOW) : null,
                schedule.has("pause-after-failures")
                        ? schedule.path("pause-after-failures").asInt()
                        : null);
    }

    private static @Nullable BusinessDays calendar(JsonNode calendar) {
        return calendar.isMissingNode()
                ? null
                : new BusinessDays(
                        calendar.has("weekend")
                                ? weekend(calendar.path("weekend"))
                                : new TreeSet<>(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY)),
                        texts(calendar.path("holidays")),
                        dates(calendar.path("closed")),
                        dates(calendar.path("open")),
                        names(calendar.path("names")),
                        constant(Otherwise.class, calendar.path("on-closed"), Otherwise.SKIP),
                        calendar.has("business-day")
                                ? calendar.path("business-day").asInt()
                                : null);
    }

    private static @Nullable DaylightSaving daylightSaving(JsonNode changes, boolean rule) {
        return changes.isMissingNode()
                ? null
                : new DaylightSaving(
                        constant(Missing.class, changes.path("missing"), rule ? Missing.LATER : Missing.SKIP),
                        constant(Repeated.class, changes.path("repeated"), rule ? Repeated.FIRST : Repeated.LAST));
    }

    private static @Nullable Missed missed(JsonNode missed) {
        return missed.isMissingNode()
                ? null
                : new Missed(
                        constant(CatchUp.class, missed.path("start"), Missed.DEFAULT.start()),
                        constant(CatchUp.class, missed.path("paused"), Missed.DEFAULT.paused()),
                        duration(missed.path("max-age")));
    }

    /** A date stands for its first or its last moment. */
    private static @Nullable LocalDateTime time(JsonNode text, LocalTime ofDate) {
        if (text.isMissingNode()) {
            return null;
        }
        return text.asString().contains("T")
                ? LocalDateTime.parse(text.asString())
                : LocalDate.parse(text.asString()).atTime(ofDate);
    }

    private static Set<DayOfWeek> weekend(JsonNode days) {
        Set<DayOfWeek> weekend = new TreeSet<>();
        texts(days).forEach(day -> weekend.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT))));
        return weekend;
    }

    private static List<LocalDate> dates(JsonNode dates) {
        return texts(dates).stream().map(LocalDate::parse).distinct().sorted().toList();
    }

    private static @Nullable Map<LocalDate, String> names(JsonNode object) {
        Map<LocalDate, String> names = new TreeMap<>();
        object.forEachEntry((date, name) -> names.put(LocalDate.parse(date), name.asString()));
        return names.isEmpty() ? null : names;
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static @Nullable Map<String, String> parameters(JsonNode object) {
        Map<String, String> parameters = new LinkedHashMap<>();
        object.forEachEntry((key, node) -> parameters.put(key, node.asString()));
        return parameters.isEmpty() ? null : Map.copyOf(parameters);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.asString();
    }

    private static @Nullable Duration duration(JsonNode text) {
        return text.isMissingNode() ? null : DurationFormatterUtils.detectAndParse(text.asString());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word, E defaultValue) {
        return word.isMissingNode()
                ? defaultValue
                : Enum.valueOf(type, word.asString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
