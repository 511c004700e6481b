package dev.bes.testbench.checker.invariant;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.ObservationPeriod;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.DriverEntry.Acknowledged;
import dev.bes.testbench.checker.evidence.DriverEntry.Asked;
import dev.bes.testbench.checker.evidence.DriverEntry.BackfillAcknowledged;
import dev.bes.testbench.checker.evidence.DriverEntry.BackfillAsked;
import dev.bes.testbench.checker.evidence.DriverEntry.FileDropped;
import dev.bes.testbench.checker.evidence.DriverEntry.FireTimePassed;
import dev.bes.testbench.checker.evidence.DriverEntry.RequestCommitted;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Requests: every acknowledged idempotency key has one run, the one that the answer named, and every key that was committed by
 * SQL has one run. Every requested key has at most one run. No run has a key that was not requested, or whose transaction was
 * rolled back.
 *
 * <p>Files and blobs: every dropped one is in the table {@code dropped_file} once for each time it was dropped, with a run unless
 * it is a duplicate; a run has as many files as scorings. No run of this trigger is without a file. A file that is still in its drop folder is a lost
 * trigger.
 *
 * <p>Schedules: every fire time that the driver recorded, and every one of an acknowledged backfill, has one run. Any other run
 * must be of a backfill that was requested; or fall into a fault, where the service fires once to catch up; or be before the
 * first or after the last recorded fire time, when the driver did not record.
 *
 * <p>Shadows: each run of this trigger is that of one scoring with an accepted output, of a run that is no shadow; no scoring has two.
 * Where a definition has each output compared, each accepted output has its comparison, which names that run or was skipped.
 *
 * <p>Shared jobs: each run of this trigger has one scoring, and was begun for a scoring of the same definition that serves no other.
 */
public final class V1OneRunPerTrigger {

    private record Firing(String definition, String occurrence) {}

    private record Place(String folder, String name) {}

    private final Evidence evidence;
    private final Violations violations = new Violations();

    private V1OneRunPerTrigger(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V1OneRunPerTrigger it = new V1OneRunPerTrigger(evidence);
        it.requests();
        it.files();
        it.schedules();
        ServingRuns.check(evidence, it.violations);
        return it.violations.list();
    }

    private void requests() {
        Map<String, List<Run>> runs = runs("request")
                .collect(groupingBy(Run::occurrence, TreeMap::new, java.util.stream.Collectors.toList()));
        Set<String> asked = driver(Asked.class).map(it -> "request:" + it.key()).collect(toSet());
        runs.forEach((occurrence, same) -> {
            violations.require(same.size() == 1, "%s became %d runs: %s", occurrence, same.size(), ids(same));
            violations.require(asked.contains(occurrence), "No request for %s, run %s", occurrence, ids(same));
        });
        driver(Acknowledged.class).forEach(it -> {
            List<Run> same = runs.getOrDefault("request:" + it.key(), List.of());
            violations.require(
                    same.stream().anyMatch(run -> run.id() == it.run()),
                    "request:%s was acknowledged as run %d, and is run %s",
                    it.key(),
                    it.run(),
                    ids(same));
        });
        driver(RequestCommitted.class)
                .forEach(it -> violations.require(
                        runs.containsKey("request:" + it.key()), "request:%s was committed and is no run", it.key()));
    }

    private void files() {
        Map<Place, Long> dropped =
                driver(FileDropped.class).collect(groupingBy(it -> new Place(it.folder(), it.name()), counting()));
        Map<Place, Long> taken = evidence.database().droppedFiles().stream()
                .collect(groupingBy(it -> new Place(it.folder(), it.name()), counting()));
        Set<Place> places = new HashSet<>(dropped.keySet());
        places.addAll(taken.keySet());
        for (Place place : places) {
            long drops = dropped.getOrDefault(place, 0L);
            long runs = taken.getOrDefault(place, 0L);
            violations.require(
                    drops == runs,
                    "%s in %s was dropped %d times, and is %d runs",
                    place.name,
                    place.folder,
                    drops,
                    runs);
        }
        Map<Long, Long> files = evidence.database().droppedFiles().stream()
                .filter(file -> file.run() != 0)
                .collect(groupingBy(DroppedFile::run, counting()));
        Map<Long, Long> scorings =
                evidence.database().scorings().stream().collect(groupingBy(Scoring::run, counting()));
        files.forEach((run, count) -> {
            long scored = scorings.getOrDefault(run, 0L);
            violations.require(
                    count == scored, "Run %d of %d scorings is made of %d dropped files", run, scored, count);
        });
        runs("files")
                .filter(run -> !files.containsKey(run.id()))
                .forEach(run -> violations.add("Run %d of %s is without its dropped file", run.id(), run.occurrence()));
    }

    private void schedules() {
        Map<Firing, List<Run>> runs =
                runs("schedule").collect(groupingBy(run -> new Firing(run.definition(), run.occurrence())));
        Set<Firing> passed =
                driver(FireTimePassed.class).map(V1OneRunPerTrigger::firing).collect(toSet());
        Set<Firing> asked = driver(BackfillAsked.class)
                .flatMap(it -> firings(it.definition(), it.schedule(), it.fireTimes()))
                .collect(toSet());
        Set<Firing> all = new HashSet<>(passed);
        driver(BackfillAcknowledged.class)
                .flatMap(it -> firings(it.definition(), it.schedule(), it.fireTimes()))
                .forEach(all::add);
        all.addAll(runs.keySet());
        for (Firing firing : all) {
            List<Run> same = runs.getOrDefault(firing, List.of());
            violations.require(
                    same.size() == 1, "%s of %s is %d runs", firing.occurrence, firing.definition, same.size());
            violations.require(
                    passed.contains(firing)
                            || asked.contains(firing)
                            || same.stream().allMatch(this::isExplained),
                    "%s of %s, run %s, is no fire time of its schedule",
                    firing.occurrence,
                    firing.definition,
                    ids(same));
        }
    }

    private boolean isExplained(Run run) {
        Instant time = run.fireTime() == null ? run.createdAt() : run.fireTime();
        return !ObservationPeriod.covers(evidence.driver(), run)
                || FaultWindow.explains(
                        FaultWindow.in(evidence.driver()),
                        time,
                        evidence.policy().recovery());
    }

    private static Stream<Firing> firings(String definition, String schedule, List<Instant> fireTimes) {
        return fireTimes.stream().map(time -> new Firing(definition, ObservationPeriod.occurrence(schedule, time)));
    }

    private static Firing firing(FireTimePassed passed) {
        return new Firing(passed.definition(), ObservationPeriod.occurrence(passed));
    }

    private Stream<Run> runs(String trigger) {
        return evidence.database().runs().stream().filter(run -> run.trigger().equals(trigger));
    }

    private <T extends DriverEntry> Stream<T> driver(Class<T> kind) {
        return evidence.driver().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static List<Long> ids(List<Run> runs) {
        return runs.stream().map(Run::id).toList();
    }
}
