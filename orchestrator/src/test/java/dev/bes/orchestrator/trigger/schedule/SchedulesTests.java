package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronTrigger;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionTemplate;

/** Quartz on a real database, kept in step with the definitions; it never runs, and so never fires. */
class SchedulesTests {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final Path folder;
    private final Cluster cluster = new Cluster();
    private final Scheduler scheduler = cluster.join("one");

    SchedulesTests(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() throws SchedulerException {
        cluster.close();
    }

    private SchedulesTests definition(String definition, String schedule, String cron) {
        new JobFolder(folder).definition(definition, "hashing", """
                triggers:
                  schedules:
                    - name: %s
                      cron: "%s"
                      zone: America/New_York
                """.formatted(schedule, cron));
        return this;
    }

    private void reconcile() {
        reconcile(scheduler);
    }

    private boolean reconcile(Scheduler with) {
        return reconcile(with, InstantSource.system());
    }

    private boolean reconcile(Scheduler with, InstantSource clock) {
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        new TransactionTemplate(DatabaseFixture.shared().transactions()).executeWithoutResult(status -> {
            try {
                new Schedules(
                                with,
                                definitions,
                                Cluster.pauses(with, Cluster.fires(definitions)),
                                Cluster.fires(definitions),
                                clock)
                        .run(new DefaultApplicationArguments());
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        });
        return true;
    }

    private Set<String> triggers() throws SchedulerException {
        Set<String> triggers = new TreeSet<>();
        for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyTriggerGroup())) {
            CronTrigger trigger = (CronTrigger) scheduler.getTrigger(key);
            triggers.add(key + " " + trigger.getCronExpression() + " "
                    + trigger.getTimeZone().getID());
        }
        return triggers;
    }

    @Test
    void addsChangesAndRemovesTriggers() throws SchedulerException, IOException {
        definition("a", "nightly", "0 0 2 * * ?")
                .definition("b", "hourly", "0 0 * * * ?")
                .reconcile();
        assertThat(triggers())
                .containsExactly("a.nightly 0 0 2 * * ? America/New_York", "b.hourly 0 0 * * * ? America/New_York");

        Files.delete(folder.resolve("definitions/b.yaml"));
        definition("a", "nightly", "0 0 3 * * ?")
                .definition("c", "daily", "0 0 6 * * ?")
                .reconcile();
        assertThat(triggers())
                .containsExactly("a.nightly 0 0 3 * * ? America/New_York", "c.daily 0 0 6 * * ? America/New_York");
        assertThat(scheduler.getJobKeys(GroupMatcher.anyJobGroup())).hasSize(2);
    }

    @Test
    void leavesUnchangedTriggersAlone() throws SchedulerException {
        definition("a", "nightly", "0 0 2 * * ?").reconcile();
        cluster.set("next_fire_time", 12345);
        reconcile();

        assertThat(scheduler.getTrigger(TriggerKey.triggerKey("nightly", "a")).getNextFireTime())
                .as("a fire that was missed is still to be made up for")
                .hasTime(12345);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 12 1 1 ? 2025",
                "0 0 12 30 2 ?",
                "0 0 12 15 * ? 2150",
                "0 0 12 ? * MON 2019-2021",
                "0 30 2 29 3 ? 2026"
            })
    @ExtendWith(OutputCaptureExtension.class)
    void leavesOutWhatNeverFiresAgainAndNothingElse(String cron, CapturedOutput output) throws SchedulerException {
        definition("a", "good", "0 0 2 * * ?").definition("b", "over", cron).definition("c", "good", "0 0 3 * * ?");
        reconcile();
        reconcile();

        assertThat(triggers())
                .containsExactly("a.good 0 0 2 * * ? America/New_York", "c.good 0 0 3 * * ? America/New_York");
        assertThat(scheduler.getJobKeys(GroupMatcher.anyJobGroup())).hasSize(2);
        assertThat(output).contains("Schedule b.over never fires again and is left out: " + cron);
    }

    @Test
    void startsAgainWhenTheLastTimeOfAScheduleHasPassed() throws SchedulerException {
        definition("a", "once", "0 0 12 1 1 ? 2090").definition("b", "changed", "0 0 12 * * ?");
        reconcile();
        assertThat(triggers()).hasSize(2);

        definition("b", "changed", "0 0 12 1 1 ? 2089");
        reconcile(scheduler, InstantSource.fixed(Instant.parse("2091-01-01T00:00:00Z")));
        assertThat(triggers())
                .as("a last fire that was missed is still to be made up for; what was changed is gone")
                .containsExactly("a.once 0 0 12 1 1 ? 2090 America/New_York");

        scheduler.unscheduleJob(TriggerKey.triggerKey("once", "a"));
        reconcile(scheduler, InstantSource.fixed(Instant.parse("2091-01-01T00:00:00Z")));
        assertThat(triggers())
                .as("Quartz forgets a trigger that has fired for the last time")
                .isEmpty();
    }

    @Test
    void goesOnWhenQuartzDoesNotTakeASchedule() throws SchedulerException {
        definition("a", "gone", "0 0 12 1 1 ? 2020").definition("b", "good", "0 0 3 * * ?");
        reconcile(scheduler, InstantSource.fixed(Instant.parse("2019-01-01T00:00:00Z")));

        assertThat(triggers()).containsExactly("b.good 0 0 3 * * ? America/New_York");
    }

    @Test
    void findsTheLastTimeOfASchedule() {
        Instant now = Instant.parse("2026-11-28T12:00:00Z");
        assertThat(FireTimes.last(new Schedule("s", "0/7 * * ? * MON-FRI 2024-2025", NEW_YORK), now))
                .contains(Instant.parse("2026-01-01T04:59:56Z"));
        assertThat(FireTimes.last(new Schedule("s", "0 0 12 1 1 ? 2025", NEW_YORK), now))
                .contains(Instant.parse("2025-01-01T17:00:00Z"));
        assertThat(FireTimes.last(new Schedule("s", "0 0 12 30 2 ?", NEW_YORK), now))
                .isEmpty();
        assertThat(FireTimes.last(new Schedule("s", "0 0 12 * * ?", NEW_YORK), now))
                .isEmpty();
    }

    @Test
    void letsTwoNodesStartAtTheSameTime() throws SchedulerException {
        definition("a", "nightly", "0 0 2 * * ?").definition("b", "hourly", "0 0 * * * ?");
        Scheduler other = cluster.join("two");
        Parallel.all(List.<Callable<Boolean>>of(() -> reconcile(scheduler), () -> reconcile(other)));

        assertThat(triggers()).hasSize(2);
    }

    @Test
    void refusesASchedulerThatIsNoPartOfACluster() {
        definition("a", "nightly", "0 0 2 * * ?");
        Scheduler alone = cluster.join(
                "alone", (bundle, quartz) -> context -> {}, Map.of("org.quartz.jobStore.isClustered", "false"));

        assertThatIllegalStateException()
                .isThrownBy(() -> reconcile(alone))
                .withMessageContaining("shared by all nodes");
    }

    private List<Instant> next(String cron, int times) {
        definition("a", "nightly", "0 0 2 * * ?");
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        return new Schedules(
                        scheduler,
                        definitions,
                        Cluster.pauses(scheduler, Cluster.fires(definitions)),
                        Cluster.fires(definitions),
                        InstantSource.system())
                .next(new Schedule("s", cron, NEW_YORK), times);
    }

    @Test
    void firesAtTheSameTimeOfDayInSummerAndInWinter() {
        List<Instant> year = next("0 30 12 * * ?", 366);

        assertThat(year)
                .hasSize(366)
                .isSorted()
                .allMatch(t -> t.atZone(NEW_YORK).toLocalTime().equals(LocalTime.of(12, 30)));
        assertThat(year.stream().map(t -> t.atOffset(ZoneOffset.UTC).getHour()))
                .as("by the clock of the zone, not by hours of 3,600 seconds")
                .contains(16, 17)
                .isSubsetOf(16, 17);
    }

    @Test
    void saysWhatIsStillToCome() {
        Instant now = Instant.now();

        assertThat(next("0/5 * * * * ?", 3)).hasSize(3).allMatch(t -> t.isAfter(now.minusSeconds(1)));
        assertThat(next("0 0 0 1 1 ? 2020", 3)).isEmpty();
    }
}
