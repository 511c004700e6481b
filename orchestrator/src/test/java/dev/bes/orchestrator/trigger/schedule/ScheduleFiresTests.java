package dev.bes.orchestrator.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Precondition;
import dev.bes.orchestrator.trigger.schedule.fire.PendingFires;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires.Span;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of fire times, on a real database. Schedules fire every full hour. */
class ScheduleFiresTests {
    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private final String name = "d" + UUID.randomUUID().toString().replace("-", "");

    private final RecordedFires recorded =
            new RecordedFires(DatabaseFixture.shared().jdbc());

    @TempDir
    private Path folder;

    private Definitions definitions(String keys) {
        new JobFolder(folder)
                .definition(name, "hashing", """
                triggers:
                  schedules:
                    - name: hourly
                      cron: "0 * * * *"
                %s
                """.formatted(keys.indent(6)))
                .write("definitions/data/" + name + "/a.csv", "text\ngood\n");
        return DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
    }

    private void fire(Definitions definitions, Instant since, Instant until) {
        Definition definition = definitions.find(name).orElseThrow();
        Cluster.fires(definitions).fire(definition, schedule(definitions), new Span(since, Instant.MIN, until));
    }

    private Schedule schedule(Definitions definitions) {
        return definitions
                .find(name)
                .orElseThrow()
                .triggers()
                .schedule("hourly")
                .orElseThrow();
    }

    private List<String> outcomes() {
        return recorded.between(name, "hourly", Instant.EPOCH, Instant.now().plus(1, ChronoUnit.DAYS), 100).stream()
                .map(entry -> entry.decision().outcome().word())
                .toList();
    }

    private List<RunView> runs() {
        return DatabaseFixture.shared().node("reader").reader().list(RunFilter.ALL.of(name), 100);
    }

    private Instant hours(int count) {
        return hour.plus(count, ChronoUnit.HOURS);
    }

    @Test
    void recordsEachMissedTimeAndStartsTheLatestWithItsOwnFireTime() {
        Definitions definitions = definitions("");
        fire(definitions, hours(-4), hours(-1));

        assertThat(outcomes()).containsExactly("missed", "missed", "started");
        assertThat(runs()).extracting(RunView::fireTime).containsExactly(hours(-1));

        fire(definitions, hours(-4), hours(-1));
        assertThat(runs()).as("nothing is decided twice").hasSize(1);
    }

    @Test
    void startsAllMissedTimesOnceThoughManyNodesDoSo() {
        Definitions definitions = definitions("missed:\n  start: all\n  max-age: 3h");
        Parallel.all(Collections.nCopies(4, () -> {
            fire(definitions, hours(-6), hours(-1));
            return true;
        }));

        assertThat(outcomes()).containsExactly("missed", "missed", "missed", "started", "started");
        assertThat(runs()).extracting(RunView::fireTime).containsExactlyInAnyOrder(hours(-1), hours(-2));
    }

    @Test
    void givesTheParametersOfTheScheduleToItsRun() {
        Definitions definitions = definitions("parameters:\n  Region: east");
        fire(definitions, hours(-2), hours(-1));

        long id = runs().getFirst().id();
        assertThat(DatabaseFixture.shared()
                        .node("reader")
                        .reader()
                        .find(id)
                        .orElseThrow()
                        .parameters())
                .isEqualTo(Map.of("Region", "east"));
    }

    @Test
    void startsNoRunWhileAnEarlierOneIsUnfinished() {
        Definitions definitions = definitions("overlap: skip");
        fire(definitions, hours(-3), hours(-2));
        fire(definitions, hours(-3), hours(-1));

        assertThat(outcomes()).containsExactly("started", "overlapped");
        assertThat(recorded.between(name, "hourly", hours(-1), hours(0), 1)
                        .getFirst()
                        .decision()
                        .reason())
                .isEqualTo("run " + runs().getFirst().id() + " was unfinished");
    }

    @Test
    void startsAQueuedRunWhenTheEarlierOneHasEnded() {
        Definitions definitions = definitions("overlap: queue");
        fire(definitions, hours(-3), hours(-2));
        fire(definitions, hours(-3), hours(-1));
        PendingFires pending = new PendingFires(recorded, Cluster.fires(definitions), definitions);
        pending.start();
        assertThat(outcomes()).containsExactly("started", "queued");

        DatabaseFixture.shared()
                .node("n")
                .cancellation()
                .cancel(runs().getFirst().id(), Actor.user("ann"));
        pending.start();
        assertThat(outcomes()).containsExactly("started", "started");
        assertThat(runs()).hasSize(2);
    }

    @Test
    void cancelsTheEarlierRun() {
        Definitions definitions = definitions("overlap: cancel-previous");
        fire(definitions, hours(-3), hours(-2));
        fire(definitions, hours(-3), hours(-1));

        assertThat(outcomes()).containsExactly("started", "started");
        assertThat(runs().stream().map(run -> run.state().word())).containsExactly("NotStarted", "Cancelled");
    }

    @Test
    void recordsARunThatCannotBeAcceptedWithItsReason() {
        Definitions definitions = definitions("");
        Definition definition = definitions.find(name).orElseThrow();
        Definitions elsewhere = new Definitions(folder.resolve("nowhere"), List.of(definition), List.of());
        Cluster.fires(elsewhere).fire(definition, schedule(definitions), new Span(hours(-2), Instant.MIN, hours(-1)));

        assertThat(outcomes()).containsExactly("rejected");
    }

    @Test
    void startsWhatANodeLeftBehindBetweenDecisionAndRun() {
        Definitions definitions = definitions("");
        ScheduleFires fires = Cluster.fires(definitions);
        new TransactionTemplate(DatabaseFixture.shared().transactions())
                .executeWithoutResult(status -> fires.plan(
                        name,
                        schedule(definitions),
                        new ScheduleTimes(name, schedule(definitions)),
                        new Span(hours(-2), Instant.MIN, hours(-1))));
        PendingFires pending = new PendingFires(recorded, fires, definitions);
        pending.start();
        assertThat(outcomes()).as("its node may be at it").containsExactly("starting");

        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE schedule_fire SET decided_at = decided_at - interval '1 minute' WHERE definition = ?")
                .param(name)
                .update();
        pending.start();
        assertThat(outcomes()).containsExactly("started");
    }

    @Test
    void recordsTimesThatPassedDuringAPauseAndWhoPaused() throws SchedulerException {
        Definitions definitions = definitions("");
        try (Cluster cluster = new Cluster()) {
            Scheduler scheduler = cluster.join("one");
            SchedulePauses pauses = Cluster.pauses(scheduler, Cluster.fires(definitions));
            Definition definition = definitions.find(name).orElseThrow();
            TransactionTemplate transaction =
                    new TransactionTemplate(DatabaseFixture.shared().transactions());
            transaction.executeWithoutResult(status -> {
                pauses.pause(definition, schedule(definitions), "stocktaking", Actor.user("ann"), Precondition.NONE);
                DatabaseFixture.shared()
                        .jdbc()
                        .sql("UPDATE schedule_pause SET paused_at = ? WHERE definition = ?")
                        .params(hours(-3).atOffset(ZoneOffset.UTC), name)
                        .update();
                pauses.resume(definition, schedule(definitions), Actor.user("bob"), Precondition.NONE);
            });
        }

        assertThat(outcomes()).isNotEmpty().allMatch("paused"::equals);
        assertThat(recorded.between(name, "hourly", Instant.EPOCH, hours(1), 1)
                        .getFirst()
                        .decision()
                        .reason())
                .isEqualTo("paused by user:ann: stocktaking");
        assertThat(runs()).isEmpty();
    }

    @Test
    void pausesAfterFailedRunsAndStartsNone() throws SchedulerException {
        Definitions definitions = definitions("pause-after-failures: 2");
        Definition definition = definitions.find(name).orElseThrow();
        Definitions elsewhere = new Definitions(folder.resolve("nowhere"), List.of(definition), List.of());
        ScheduleFires fires = Cluster.fires(elsewhere);
        fires.fire(definition, schedule(definitions), new Span(hours(-5), Instant.MIN, hours(-4)));
        fires.fire(definition, schedule(definitions), new Span(hours(-5), Instant.MIN, hours(-3)));
        try (Cluster cluster = new Cluster()) {
            SchedulePauses pauses = Cluster.pauses(cluster.join("one"), fires);
            new TransactionTemplate(DatabaseFixture.shared().transactions())
                    .executeWithoutResult(status -> pauses.pauseAfterFailures(definition, schedule(definitions)));
        }
        fire(definitions, hours(-5), hours(-2));

        assertThat(outcomes()).containsExactly("rejected", "rejected", "paused");
    }

    @Test
    void keepsTheTriggerOfAScheduleThatQuartzCannotKeepAtItsNextTime() throws SchedulerException {
        Definitions definitions = definitions("jitter: 10m");
        try (Cluster cluster = new Cluster()) {
            Scheduler scheduler = cluster.join("one");
            ScheduleFires fires = Cluster.fires(definitions);
            SchedulePauses pauses = Cluster.pauses(scheduler, fires);
            Schedule schedule = schedule(definitions);
            TransactionTemplate transaction =
                    new TransactionTemplate(DatabaseFixture.shared().transactions());
            transaction.executeWithoutResult(status -> {
                try {
                    cluster.schedule(scheduler, name, schedule);
                    pauses.awaitNext(scheduler, JobKey.jobKey("hourly", name), schedule, hours(3));
                } catch (SchedulerException e) {
                    throw new IllegalStateException(e);
                }
            });

            Instant next = scheduler
                    .getTrigger(TriggerKey.triggerKey("hourly", name))
                    .getNextFireTime()
                    .toInstant();
            assertThat(next)
                    .isEqualTo(FireTimes.dueAfter(name, schedule, hours(3)).orElseThrow());
            assertThat(Duration.between(hours(3), next)).isLessThan(Duration.ofMinutes(71));
        }
    }
}
