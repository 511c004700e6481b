package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A definition with one schedule, by the clock of UTC, and the runs that come of it. */
final class TickingSchedule {
    /** So that the runs of each test are its own. */
    final String name = "d" + UUID.randomUUID().toString().replace("-", "");

    final Definitions definitions;

    TickingSchedule(Path folder, String cron) {
        new JobFolder(folder)
                .definition(name, "hashing", """
                triggers:
                  schedules:
                    - name: tick
                      cron: "%s"
                      zone: UTC
                """.formatted(cron))
                .write("definitions/data/" + name + "/a.csv", "text\ngood\n");
        this.definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
    }

    Schedule schedule() {
        Definition definition = definitions.find(name).orElseThrow();
        return definition.triggers().schedule("tick").orElseThrow();
    }

    /** The fire times that have a run, in order, and each as often as it has one. */
    List<Instant> runs() {
        return DatabaseFixture.shared().node("reader").reader().list(RunFilter.ALL.of(name), 10_000).stream()
                .map(RunView::fireTime)
                .sorted()
                .toList();
    }
}
