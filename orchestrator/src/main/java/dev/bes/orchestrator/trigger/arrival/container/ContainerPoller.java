package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import dev.bes.orchestrator.trigger.arrival.container.ContainerScan.GroupName;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles.Waiting;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lists the containers that definitions name. It notes every blob in the ledger with its state, and makes runs of those that are
 * complete.
 */
@Component
class ContainerPoller {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerPoller.class);
    private static final int MOST_OF_A_GROUP = 10_000;
    /** Longer names do not fit into an index. */
    private static final int MAX_NAME_BYTES = 1_000;

    private final Definitions definitions;
    private final StoreBlobs blobs;
    private final LyingFiles lyingFiles;
    private final TakenVersions versions;
    private final BlobTaker taker;
    private final EndedBlobs endedBlobs;
    private final Heartbeat heartbeat;
    private final AdmissionControl admissionControl;
    private final Map<String, Watched> watched = new HashMap<>();
    private Map<String, String> failures = new HashMap<>();
    private Map<String, String> failuresBefore = Map.of();
    private boolean started;

    ContainerPoller(
            Definitions definitions,
            StoreBlobs blobs,
            LyingFiles lyingFiles,
            TakenVersions versions,
            BlobTaker taker,
            EndedBlobs endedBlobs,
            Heartbeat heartbeat,
            AdmissionControl admissionControl) {
        this.definitions = definitions;
        this.blobs = blobs;
        this.lyingFiles = lyingFiles;
        this.versions = versions;
        this.taker = taker;
        this.endedBlobs = endedBlobs;
        this.heartbeat = heartbeat;
        this.admissionControl = admissionControl;
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
        failuresBefore = failures;
        failures = new HashMap<>();
        Map<String, List<BlobTrigger>> containers = containers();
        if (!started || !watched.keySet().equals(containers.keySet())) {
            watched.keySet().retainAll(containers.keySet());
            attempt("Looking for containers that are no longer named", () -> {
                lyingFiles.unwatched(containers.keySet(), true);
                started = true;
            });
        }
        containers.forEach((location, triggers) -> attempt("Listing container " + location, () -> scan(location, triggers)));
        attempt("Putting away scored blobs", endedBlobs::putAway);
    }

    private Map<String, List<BlobTrigger>> containers() {
        Map<String, List<BlobTrigger>> containers = new LinkedHashMap<>();
        for (Definition definition : definitions.all()) {
            for (DropContainer container : definition.triggers().containers()) {
                containers
                        .computeIfAbsent(container.location(), location -> new ArrayList<>())
                        .add(new BlobTrigger(definition, container));
            }
        }
        return containers;
    }

    /** Logs a failure once while it lasts. */
    private void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            DatabaseFailure failure = DatabaseFailure.of(e);
            String message = failure == null ? String.valueOf(e.getMessage()) : failure.text();
            if (failure != null && failure.isOutage()) {
                LOG.debug("{} waits for the database", what, e);
            } else {
                failures.put(what, message);
                if (!message.equals(failuresBefore.get(what))) {
                    LOG.warn("{} failed and is tried again: {}", VisibleText.name(what), message);
                }
            }
        }
    }

    private void scan(String location, List<BlobTrigger> triggers) {
        DropContainer container = triggers.getFirst().container();
        Map<String, ListedBlob> byName = list(container);
        Watched memory = watched.computeIfAbsent(location, first -> read(first, container.store()));
        Sightings seen = memory.seen;
        seen.begin(triggers.stream().map(one -> one.container().toString()).toList());
        memory.growing.keepOnly(byName.keySet());
        ContainerScan scan = new ContainerScan(triggers, byName, seen, memory.growing, admissionControl);
        byName.forEach(scan::consider);
        seen.end();
        scan.ready().stream()
                .sorted(Comparator.comparing((Ready one) -> one.blob().modified()).thenComparing(Ready::name))
                .forEach(one -> attempt("Taking " + location + one.name(), () -> take(List.of(one), seen)));
        if (!scan.groups().isEmpty() && !admissionControl.isFull()) {
            takeDueGroups(location, scan.groups(), seen);
        }
    }

    private Watched read(String location, String store) {
        return new Watched(
                new Sightings(location, store, lyingFiles, versions), new GrowingBlobs(System::nanoTime));
    }

    /** The blobs and folders of a container, by their paths without the prefix. */
    private Map<String, ListedBlob> list(DropContainer container) {
        Map<String, ListedBlob> byName = new LinkedHashMap<>();
        blobs.list(container.store(), container.prefix(), blob -> {
            String name = blob.path().substring(container.prefix().length());
            if (name.isEmpty() || name.indexOf(0) >= 0) {
                LOG.debug("{} is no blob", blob.path());
            } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                LOG.debug("{} has a name of more than {} bytes", blob.path(), MAX_NAME_BYTES);
            } else {
                byName.put(name, blob);
            }
        });
        return byName;
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
            Group limits = files.isEmpty() ? null : files.getFirst().trigger().rules().group();
            if (limits == null) {
                continue;
            }
            int most = limits.files() == null ? MOST_OF_A_GROUP : limits.files();
            boolean due =
                    isReached(limits.longest(), group.sinceFirst()) || isReached(limits.quiet(), group.sinceLast());
            for (int from = 0; from < files.size() && (due || files.size() - from >= most); from += most) {
                List<Ready> together = files.subList(from, Math.min(from + most, files.size()));
                attempt("Taking a group of " + location, () -> take(together, seen));
            }
        }
    }

    private static boolean isReached(@Nullable Duration limit, Duration time) {
        return limit != null && time.compareTo(limit) >= 0;
    }
}
