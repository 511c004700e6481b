package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares fire times, which Quartz calculates with a node's clock, with the clock of the database. */
@Component
class FireTimeCheck {
    // Quartz fires a trigger that is up to a minute late as if it were on time
    private static final Duration LATE = Duration.ofSeconds(55);
    private static final Duration EARLY = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final DatabaseClock clock;
    private final Definitions definitions;

    FireTimeCheck(JdbcClient jdbc, DatabaseClock clock, Definitions definitions) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.definitions = definitions;
    }

    /** Whether a fire time is so far in the future that only a wrong clock can have fired it. */
    boolean isAhead(Instant time) {
        return time.isAfter(clock.now().plus(EARLY));
    }

    /**
     * Resets triggers that a node with a wrong clock has advanced past future fire times. It goes back a minute further, to fire
     * what was lost meanwhile; a fire that was not lost finds its run.
     *
     * @return one log line for each trigger
     */
    List<String> reset(String scheduler) {
        Instant now = clock.now();
        List<String> lines = new ArrayList<>();
        for (Waiting waiting : ahead(scheduler, now)) {
            Schedule schedule = schedule(waiting).orElse(null);
            if (schedule != null && skips(schedule, waiting, now)) {
                Instant from = now.minus(LATE).isBefore(waiting.start) ? waiting.start : now.minus(LATE);
                FireTimes.dueAfter(waiting.definition, schedule, from).ifPresent(back -> {
                    move(scheduler, waiting, back);
                    lines.add("Trigger %s.%s was advanced to %s by a node with a wrong clock: it was reset to %s"
                            .formatted(waiting.definition, waiting.schedule, waiting.next, back));
                });
            }
        }
        return lines;
    }

    private static boolean skips(Schedule schedule, Waiting waiting, Instant now) {
        return FireTimes.dueAfter(waiting.definition, schedule, now.plus(EARLY))
                .filter(waiting.next::isAfter)
                .isPresent();
    }

    private List<Waiting> ahead(String scheduler, Instant now) {
        return jdbc.sql("""
                SELECT trigger_group, trigger_name, start_time, next_fire_time FROM qrtz_triggers
                WHERE sched_name = :scheduler AND trigger_state = 'WAITING' AND next_fire_time > :ahead""")
                .param("scheduler", scheduler)
                .param("ahead", now.plus(EARLY).toEpochMilli())
                .query((row, n) -> new Waiting(
                        row.getString("trigger_group"),
                        row.getString("trigger_name"),
                        Instant.ofEpochMilli(row.getLong("start_time")),
                        Instant.ofEpochMilli(row.getLong("next_fire_time"))))
                .list();
    }

    private void move(String scheduler, Waiting waiting, Instant back) {
        jdbc.sql("""
                UPDATE qrtz_triggers SET next_fire_time = :back
                WHERE sched_name = :scheduler AND trigger_group = :definition AND trigger_name = :schedule""")
                .param("back", back.toEpochMilli())
                .param("scheduler", scheduler)
                .param("definition", waiting.definition)
                .param("schedule", waiting.schedule)
                .update();
    }

    private Optional<Schedule> schedule(Waiting waiting) {
        return definitions.find(waiting.definition).flatMap(d -> d.triggers().schedule(waiting.schedule));
    }

    private record Waiting(String definition, String schedule, Instant start, Instant next) {}
}
