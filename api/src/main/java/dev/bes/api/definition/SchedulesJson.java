package dev.bes.api.definition;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schedules of all definitions.
 *
 * @param schedules by definition and name, unless the caller wants them in another order
 * @param next where to find the following ones, if there are any
 */
public record SchedulesJson(
        List<ScheduleStateJson> schedules, @Nullable String next) {

    /**
     * A schedule, and whether it is paused.
     *
     * @param definition name of its definition
     * @param name unique within the definition
     * @param cron cron expression; of other schedules the interval or the rule
     * @param words what the schedule does, in words; null where no words are true, or it never fires again
     * @param zone time zone of the expression
     * @param next when it fires next, or would if it were not paused
     * @param over whether it never fires again
     * @param paused its pause; null if it fires
     * @param links {@code self}, and the change that can be made
     */
    public record ScheduleStateJson(
            String definition,
            String name,
            String cron,
            @Nullable String words,
            String zone,
            List<Instant> next,
            boolean over,
            @Nullable PauseJson paused,
            Map<String, String> links) {}

    /**
     * The pause of a schedule. It starts no run until somebody resumes it; times that pass meanwhile are not made up for.
     *
     * @param reason why
     * @param actor who paused it, as {@code kind:name}
     * @param since since when
     */
    public record PauseJson(String reason, String actor, Instant since) {}

    /**
     * A request to pause.
     *
     * @param reason why: 1 to 500 characters; a request without one is refused
     */
    public record NewPauseJson(@Nullable String reason) {}
}
