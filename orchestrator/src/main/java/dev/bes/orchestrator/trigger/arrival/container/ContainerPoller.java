package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import dev.bes.orchestrator.trigger.arrival.container.ContainerScan.GroupName;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles.Waiting;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lists the containers that definitions name. It notes every blob in the ledger with its state, and makes runs of those that are
 * complete.
 */
@Component
class ContainerPoller {
    private final Definitions definitions;
    private final ContainerList list;
    private final LyingFiles lyingFiles;
    private final TakenVersions versions;
    private final BlobTaker taker;
    private final EndedBlobs endedBlobs;
    private final Heartbeat heartbeat;
    private final AdmissionControl admissionControl;
    private final Map<String, Watched> watched = new HashMap<>();
    private final FailingContainers failing;
    private final FailureLog failures;
    private boolean started;

    ContainerPoller(
            Definitions definitions,
            ContainerList list,
            LyingFiles lyingFiles,
            TakenVersions versions,
            BlobTaker taker,
            EndedBlobs endedBlobs,
            Heartbeat heartbeat,
            AdmissionControl admissionControl,
            FailingContainers failing,
            InstantSource clock) {
        this.definitions = definitions;
        this.list = list;
        this.lyingFiles = lyingFiles;
        this.versions = versions;
        this.taker = taker;
        this.endedBlobs = endedBlobs;
        this.heartbeat = heartbeat;
        this.admissionControl = admissionControl;
        this.failing = failing;
        this.failures = new FailureLog(clock);
    }

    /** What this node remembers of a container. */
    private record Watched(Sightings seen, GrowingBlobs growing) {}

    /** Lists every container once. A failure with one does not stop the others. */
    @Scheduled(fixedDelayString = "${orchestrator.trigger.container-interval:10s}", scheduler = "containerScheduler")
    void scan() {
        if (!heartbeat.fit()) {
            // a taken blob must be recorded in the database
            return;
        }
        failures.nextRound();
        Map<String, List<BlobTrigger>> containers = BlobTrigger.byLocation(definitions.all());
        if (!started || !watched.keySet().equals(containers.keySet())) {
            watched.keySet().retainAll(containers.keySet());
            failures.attempt("", "Looking for containers that are no longer named", () -> {
                lyingFiles.unwatched(containers.keySet(), true);
                started = true;
            });
        }
        containers.forEach((location, triggers) ->
                failures.attempt(location, "Listing container " + location, () -> scan(location, triggers)));
        failures.attempt("", "Putting away scored blobs", () -> endedBlobs.putAway(failures));
        failing.publish(failures.failures());
    }

    private void scan(String location, List<BlobTrigger> triggers) {
        DropContainer container = triggers.getFirst().container();
        Watched memory = watched.computeIfAbsent(location, first -> read(first, container.store()));
        Sightings seen = memory.seen;
        seen.begin(triggers.stream().map(one -> one.container().toString()).toList());
        Map<String, ListedBlob> byName = list.of(container);
        memory.growing.keepOnly(byName.keySet());
        ContainerScan scan = new ContainerScan(triggers, byName, seen, memory.growing, admissionControl);
        byName.forEach(scan::consider);
        seen.end();
        scan.ready().stream()
                .sorted(Comparator.comparing((Ready one) -> one.blob().modified())
                        .thenComparing(Ready::name))
                .forEach(one ->
                        failures.attempt(location, "Taking " + location + one.name(), () -> take(List.of(one), seen)));
        if (!scan.groups().isEmpty() && !admissionControl.isFull()) {
            takeDueGroups(location, scan.groups(), seen);
        }
    }

    private Watched read(String location, String store) {
        return new Watched(new Sightings(location, store, lyingFiles, versions), new GrowingBlobs(System::nanoTime));
    }

    private void take(List<Ready> together, Sightings seen) {
        Set<String> taken = taker.take(together);
        Set<String> others = new HashSet<>();
        for (Ready one : together) {
            if (taken.contains(one.name())) {
                seen.took(one.name(), one.blob().etag());
            } else {
                others.add(one.name());
            }
        }
        if (!others.isEmpty()) {
            seen.ask(others);
        }
    }

    /** Groups are rows: each node sees what is due by the clock of the database, whoever saw the blobs. */
    private void takeDueGroups(String location, Map<GroupName, List<Ready>> waiting, Sightings seen) {
        for (Waiting group : lyingFiles.groups(location)) {
            List<Ready> files = waiting.getOrDefault(new GroupName(group.definition(), group.key()), List.of());
            Group limits =
                    files.isEmpty() ? null : files.getFirst().trigger().rules().group();
            if (limits != null) {
                GroupRules.due(limits, files, group.sinceFirst(), group.sinceLast())
                        .forEach(together -> failures.attempt(
                                location, "Taking a group of " + location, () -> take(together, seen)));
            }
        }
    }
}
