package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * What starts a run of a definition besides a request.
 *
 * @param schedules calendar times
 * @param files drop folders
 * @param containers containers of blob stores whose blobs become runs
 */
public record Triggers(
        List<Schedule> schedules,
        List<DropFolder> files,

        // left out of the frozen text, so that equal definitions of older versions have equal texts
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DropContainer> containers) {

    /** The frozen text of an older version has no containers. */
    public Triggers {
        containers = Objects.requireNonNullElse(containers, List.of());
    }

    /** The schedule of that name. */
    public Optional<Schedule> schedule(String name) {
        return schedules.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /**
     * When runs start: by a cron expression, at an interval, or by a recurrence rule. Exactly one of the three is there.
     *
     * @param name unique within the definition
     * @param cron cron expression of Quartz, one of five fields, or a word such as {@code @daily}; null without one
     * @param zone time zone of all its times
     * @param every interval from {@code start}; null without one
     * @param rule recurrence rule of RFC 5545 that begins at {@code start}; null without one
     * @param start the first time at which it may fire, in its zone; null for no limit
     * @param end the last time at which it may fire, in its zone; null for no limit
     * @param jitter by how much at most a start is delayed; null for not at all
     * @param parameters parameters of its runs; null for none
     * @param calendar business days; null if every day is one
     * @param daylightSaving what happens when clocks change; null for the default of the expression
     * @param missed what happens to missed times; null for the default
     * @param overlap what happens while a run of the schedule is unfinished; null to start another one
     * @param pauseAfter after how many failed runs in a row the schedule pauses; null for never
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Schedule(
            String name,
            @Nullable String cron,
            ZoneId zone,
            @Nullable Duration every,
            @Nullable String rule,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end,
            @Nullable Duration jitter,
            @Nullable Map<String, String> parameters,
            @Nullable BusinessDays calendar,
            @Nullable @JsonProperty("daylight-saving") DaylightSaving daylightSaving,
            @Nullable Missed missed,
            @Nullable Overlap overlap,
            @Nullable @JsonProperty("pause-after-failures") Integer pauseAfter) {

        /** A cron expression and nothing else. */
        public Schedule(String name, String cron, ZoneId zone) {
            this(name, cron, zone, null, null, null, null, null, null, null, null, null, null, null);
        }

        /** The expression as the definition has it: cron, {@code every 90m}, or the rule. */
        public String expression() {
            return cron != null ? cron : rule != null ? rule : "every " + text(every);
        }

        private static String text(@Nullable Duration every) {
            return every == null ? "" : DurationFormatterUtils.print(every, DurationFormat.Style.COMPOSITE);
        }
    }

    /**
     * Which days are business days, and what happens on others.
     *
     * @param weekend days of the week that are none
     * @param holidays countries or regions whose public holidays are none, such as {@code DE} or {@code DE-BY}
     * @param closed dates that are none
     * @param open dates that are business days, whatever else is said about them
     * @param names what closed dates from a file are called there; null if none is from a file
     * @param otherwise what happens to a time on a day that is none
     * @param businessDay fire only on this business day of the month, counted from its end if negative; null for all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BusinessDays(
            Set<DayOfWeek> weekend,
            List<String> holidays,
            List<LocalDate> closed,
            List<LocalDate> open,
            @Nullable Map<LocalDate, String> names,
            @JsonProperty("on-closed") Otherwise otherwise,
            @Nullable @JsonProperty("business-day") Integer businessDay) {}

    /** What happens to a time on a day that is no business day. */
    public enum Otherwise {
        /** Nothing starts. */
        SKIP,
        /** It starts at the same time of the next business day. */
        NEXT,
        /** It starts at the same time of the business day before. */
        PREVIOUS
    }

    /**
     * What happens when clocks change.
     *
     * @param missing what happens to a time that clocks leave out
     * @param repeated what happens to a time that clocks show twice
     */
    public record DaylightSaving(Missing missing, Repeated repeated) {}

    /** What happens to a time that clocks leave out. */
    public enum Missing {
        /** Nothing starts. */
        SKIP,
        /** It starts later by as much as the clocks were put forward. */
        LATER
    }

    /** What happens to a time that clocks show twice. */
    public enum Repeated {
        /** It starts the first time. */
        FIRST,
        /** It starts the last time. */
        LAST,
        /** It starts both times. */
        BOTH
    }

    /**
     * What happens to missed times.
     *
     * @param start which times are made up for after the service was down
     * @param paused which times are made up for after a pause
     * @param maxAge how old a time may be that is made up for; null for any age
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Missed(
            CatchUp start,
            CatchUp paused,
            @Nullable @JsonProperty("max-age") Duration maxAge) {
        /** The latest time after an outage, none after a pause. */
        public static final Missed DEFAULT = new Missed(CatchUp.LATEST, CatchUp.SKIP, null);
    }

    /** Which missed times are made up for. */
    public enum CatchUp {
        SKIP,
        LATEST,
        ALL
    }

    /** What happens while an earlier run of the same schedule is unfinished. */
    public enum Overlap {
        /** Another run starts. */
        ALLOW,
        /** No run starts. */
        SKIP,
        /** The run starts when the earlier one has ended. */
        QUEUE,
        /** The earlier run is cancelled, and another one starts. */
        CANCEL_PREVIOUS
    }

    /**
     * A folder whose files each become a run.
     *
     * @param folder relative to the configured drop root
     * @param pattern glob that the file's name must match
     * @param input name of the input that the file feeds
     * @param settle how long size and modification time must not change before the file is taken
     * @param changed what happens to a file whose content changed after it was scored; null for quarantine
     * @param options what else decides about its files; null for nothing else
     */
    public record DropFolder(
            String folder,
            String pattern,
            String input,
            Duration settle,

            // left out of the frozen text, so that equal definitions of older versions have equal texts
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Changed changed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            FileOptions options) {

        /** A folder without further options. */
        public DropFolder(String folder, String pattern, String input, Duration settle, @Nullable Changed changed) {
            this(folder, pattern, input, settle, changed, null);
        }

        /** What else decides about its files. */
        public FileOptions rules() {
            return options == null ? FileOptions.NONE : options;
        }
    }

    /**
     * The blobs of a container whose names begin alike. Each becomes a run.
     *
     * @param store name of a blob store in the settings, which names the container
     * @param prefix what the paths of the blobs begin with, with a slash at its end; empty for the whole container
     * @param pattern glob that the name of a blob must match: its path without the prefix
     * @param input name of the input that a blob feeds
     * @param settle how long an append or page blob must not change before it is taken
     * @param options what else decides about its blobs; null for nothing else
     */
    public record DropContainer(
            String store,
            String prefix,
            String pattern,
            String input,
            Duration settle,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            FileOptions options) {

        /** What else decides about its blobs. */
        public FileOptions rules() {
            return options == null ? FileOptions.NONE : options;
        }

        /** Store and prefix, as the ledger of files names them. */
        public String location() {
            return store + "/" + prefix;
        }
    }

    /** What happens to a file that changed after it was scored. */
    public enum Changed {
        /** It is moved to {@code changed/}. */
        QUARANTINE,
        /** It becomes another run, once it has settled again. */
        SCORE_AGAIN
    }
}
