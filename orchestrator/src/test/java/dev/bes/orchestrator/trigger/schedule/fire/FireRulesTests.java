package dev.bes.orchestrator.trigger.schedule.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.SchedulesOfText;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each policy for missed times and for overlap. */
class FireRulesTests {
    private static final Instant NOON = Instant.parse("2026-06-03T12:00:30Z");

    /** What becomes of the times at 9, 10, 11 and 12 o'clock, half a minute after noon. */
    private static List<String> outcomes(String policies, boolean paused) {
        Schedule schedule = SchedulesOfText.schedule("{cron: '0 9-12 * * *', zone: UTC%s}".formatted(policies));
        List<PlannedFire> fires = new ScheduleTimes("job", schedule)
                .from(Instant.parse("2026-06-03T00:00:00Z"))
                .limit(4)
                .toList();
        return FireRules.decide(schedule, fires, NOON, paused ? "paused by user:ann: holiday" : null).stream()
                .map(decision -> decision.outcome().word())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                      | missed missed missed starting
            , missed: {start: skip}                 | missed missed missed starting
            , missed: {start: latest}               | missed missed missed starting
            , missed: {start: all}                  | starting starting starting starting
            , 'missed: {start: all, max-age: 2h}'   | missed missed starting starting
            """)
    void makesUpForTimesThatAreMissed(String policies, String outcomes) {
        assertThat(outcomes(policies.replace("'", ""), false)).isEqualTo(Arrays.asList(outcomes.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                    | paused paused paused paused
            , missed: {start: all}                | paused paused paused paused
            , missed: {paused: latest}            | paused paused paused starting
            , missed: {paused: all}               | starting starting starting starting
            """)
    void makesUpForTimesWhileItWasPaused(String policies, String outcomes) {
        assertThat(outcomes(policies.replace("'", ""), true)).isEqualTo(Arrays.asList(outcomes.split(" ", -1)));
    }

    @Test
    void startsTheLatestOfSeveralMissedTimesOnly() {
        Schedule schedule = SchedulesOfText.schedule("{cron: '0 9-11 * * *', zone: UTC}");
        List<PlannedFire> fires = new ScheduleTimes("job", schedule)
                .from(Instant.parse("2026-06-03T00:00:00Z"))
                .limit(3)
                .toList();

        assertThat(FireRules.decide(schedule, fires, NOON, null))
                .extracting(FireDecision::outcome)
                .containsExactly(Outcome.MISSED, Outcome.MISSED, Outcome.STARTING);
    }

    @Test
    void recordsAClosedDayWithItsReasonWheneverItIsLookedAt() {
        Schedule schedule = SchedulesOfText.schedule(
                "{cron: '0 9 * * *', zone: UTC, calendar: {closed: [2026-06-03]}, missed: {start: all}}");
        List<PlannedFire> fires = new ScheduleTimes("job", schedule)
                .from(Instant.parse("2026-06-03T00:00:00Z"))
                .limit(1)
                .toList();

        assertThat(FireRules.decide(schedule, fires, NOON, null))
                .containsExactly(new FireDecision(
                        Instant.parse("2026-06-03T09:00:00Z"), Outcome.CLOSED, "a closed day of the definition"));
    }

    @ParameterizedTest
    @CsvSource({
        "allow, STARTING,",
        "skip, OVERLAPPED, run 12 was unfinished",
        "queue, QUEUED, run 12 was unfinished",
        "cancel-previous, STARTING, run 12 was cancelled for it"
    })
    void followsThePolicyWhileARunIsUnfinished(String overlap, Outcome outcome, String reason) {
        Schedule schedule = SchedulesOfText.schedule("{cron: '0 9 * * *', overlap: %s}".formatted(overlap));
        FireDecision start = new FireDecision(NOON, Outcome.STARTING, null);

        assertThat(FireRules.overlapped(schedule, start, "run 12")).isEqualTo(new FireDecision(NOON, outcome, reason));
        assertThat(FireRules.overlapped(schedule, start, null)).isEqualTo(start);
    }
}
