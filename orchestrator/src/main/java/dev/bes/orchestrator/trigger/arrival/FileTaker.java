package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions.After;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.files.FolderHandles;
import dev.bes.orchestrator.trigger.arrival.FileRuns.Moved;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles.Waiting;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes settled files: announces a set of them in the ledger, moves or copies each to the processing folder and makes runs of
 * them. Of several nodes only the one whose announcement is recorded does so.
 */
@Component
class FileTaker {
    private static final Logger LOG = LoggerFactory.getLogger(FileTaker.class);
    /** Few enough that a node with a slow disk is not taken for dead. */
    private static final int SET = 50;
    /** Files that take long to copy or to read do not wait for each other. */
    private static final long SET_BYTES = 16 * 1024 * 1024;

    private final DroppedFileLedger ledger;
    private final ProcessingFolder work;
    private final LyingFiles lyingFiles;
    private final FileRuns runs;
    private final FileGroups groups;

    FileTaker(
            DroppedFileLedger ledger, ProcessingFolder work, LyingFiles lyingFiles, FileRuns runs, FileGroups groups) {
        this.ledger = ledger;
        this.work = work;
        this.lyingFiles = lyingFiles;
        this.runs = runs;
        this.groups = groups;
    }

    /** A definition and one of its drop folders. */
    record FileTrigger(Definition definition, DropFolder drop, FileRules rules) {
        FileTrigger(Definition definition, DropFolder drop) {
            this(definition, drop, new FileRules(drop.pattern(), drop.rules()));
        }

        /** Whether files stay where they are, and a copy is scored. */
        boolean leaves() {
            return drop.rules().after() == After.LEAVE;
        }
    }

    /**
     * A file that may be taken.
     *
     * @param marker the file that says that it is complete; null without one
     */
    record Ready(
            FoundFile file, FileTrigger trigger, @Nullable Path marker) {}

    /**
     * A group of files of a folder.
     *
     * @param definition the definition that takes them
     * @param key what their names have in common; empty if all files belong together
     */
    record GroupName(String definition, String key) {}

    private record Opened(Ready ready, TakenFile taken) {
        Moved moved() {
            return new Moved(ready.trigger.definition, ready.trigger.drop, taken);
        }
    }

    /** Takes the files of a folder, in this order. */
    void take(Path folder, List<Ready> files, Sightings sightings, LogOnce logOnce) {
        for (int from = 0; from < files.size(); from += SET) {
            List<Ready> set = files.subList(from, Math.min(from + SET, files.size()));
            logOnce.run(folder, () -> takeSet(folder, set, sightings, logOnce));
        }
    }

    private void takeSet(Path folder, List<Ready> set, Sightings sightings, LogOnce logOnce) throws IOException {
        Map<Moved, Opened> moved = new LinkedHashMap<>();
        long bytes = 0;
        for (Opened one : announce(folder, set, null, sightings, logOnce)) {
            logOnce.run(one.ready.file.path(), () -> {
                if (isMoved(one)) {
                    moved.put(one.moved(), one);
                }
            });
            bytes += one.ready.file.bytes();
            if (bytes > SET_BYTES) {
                record(moved, sightings, logOnce);
                moved.clear();
                bytes = 0;
            }
        }
        record(moved, sightings, logOnce);
    }

    private void record(Map<Moved, Opened> moved, Sightings sightings, LogOnce logOnce) {
        for (Moved one : runs.record(List.copyOf(moved.keySet()), logOnce)) {
            logOnce.run(one.path(), () -> recorded(Objects.requireNonNull(moved.get(one)), sightings));
        }
    }

    /**
     * Takes the groups that are due. Groups are rows: each node sees what is due by the clock of the database, whoever saw the
     * files.
     *
     * @param waiting the files of a folder that wait for their groups
     */
    void takeDueGroups(Path folder, Map<GroupName, List<Ready>> waiting, Sightings sightings, LogOnce logOnce) {
        for (Waiting group : lyingFiles.groups(folder.toString())) {
            List<Ready> files = waiting.getOrDefault(new GroupName(group.definition(), group.key()), List.of());
            Group limits =
                    files.isEmpty() ? null : files.getFirst().trigger.rules.group();
            if (limits != null) {
                GroupRules.due(limits, files, group.sinceFirst(), group.sinceLast())
                        .forEach(
                                together -> logOnce.run(folder, () -> takeGroup(folder, together, sightings, logOnce)));
            }
        }
    }

    /** Takes files of a folder together: they become one run. */
    private void takeGroup(Path folder, List<Ready> group, Sightings sightings, LogOnce logOnce) throws IOException {
        List<Opened> moved = new ArrayList<>();
        for (Opened one : announce(folder, group, UUID.randomUUID(), sightings, logOnce)) {
            logOnce.run(one.ready.file.path(), () -> {
                if (isMoved(one)) {
                    moved.add(one);
                }
            });
        }
        if (!moved.isEmpty()) {
            FileTrigger trigger = moved.getFirst().ready.trigger;
            groups.record(
                    trigger.definition,
                    trigger.drop,
                    moved.stream().map(Opened::taken).toList());
            for (Opened one : moved) {
                recorded(one, sightings);
            }
        }
    }

    /** Those whose announcement by this node is recorded. */
    private List<Opened> announce(
            Path folder, List<Ready> set, @Nullable UUID group, Sightings sightings, LogOnce logOnce)
            throws IOException {
        List<Opened> opened = new ArrayList<>();
        Set<UUID> announced;
        try {
            set.forEach(ready -> logOnce.run(ready.file.path(), () -> opened.add(open(folder, ready, group))));
            announced =
                    ledger.announce(folder, opened.stream().map(Opened::taken).toList());
        } catch (RuntimeException e) {
            for (Opened one : opened) {
                Files.deleteIfExists(one.taken.ownFolder());
            }
            throw e;
        }
        Set<String> left = new HashSet<>();
        for (Opened one : opened) {
            String name = one.ready.file.name();
            String version = one.taken.version();
            sightings.forget(Set.of(name));
            if (!announced.contains(one.taken.id())) {
                LOG.debug("{} was taken by another node or removed", one.ready.file.path());
                Files.deleteIfExists(one.taken.ownFolder());
                if (version != null) {
                    left.add(name);
                }
            }
        }
        if (!left.isEmpty()) {
            sightings.ask(left);
        }
        return opened.stream().filter(one -> announced.contains(one.taken.id())).toList();
    }

    private Opened open(Path folder, Ready ready, @Nullable UUID group) throws IOException {
        UUID id = UUID.randomUUID();
        String name = ready.file.name();
        Path path = work.open(folder, id).resolve(ready.file.fileName());
        return new Opened(
                ready,
                new TakenFile(
                        id, ready.trigger.definition.name(), folder, name, 0, path, group, ready.file.version(), null));
    }

    /** Not before its run is there: until then another node may have to take it. */
    private static void recorded(Opened opened, Sightings sightings) throws IOException {
        String version = opened.taken.version();
        Path marker = opened.ready.marker;
        if (version != null) {
            sightings.took(opened.taken.name(), version);
        } else if (marker != null) {
            FolderHandles.delete(opened.taken.folder(), marker);
        }
    }

    private boolean isMoved(Opened opened) throws IOException {
        TakenFile taken = opened.taken;
        try {
            if (taken.version() == null) {
                work.take(opened.ready.file.path(), taken.folder(), taken.path());
            } else if (!work.isCopied(opened.ready.file, taken)) {
                withdraw(taken);
                return false;
            }
        } catch (AtomicMoveNotSupportedException e) {
            withdraw(taken);
            LOG.info(
                    "{} is on another disk than the drop root: its files are processed in {}",
                    taken.folder(),
                    work.all(taken.folder()));
            return false;
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(taken.ownFolder());
            ledger.gone(taken.id());
            return false;
        } catch (IOException | RuntimeException e) {
            withdraw(taken);
            throw e;
        }
        return true;
    }

    /** Removes the folder before the row: afterwards no file can be moved there without a row. */
    private void withdraw(TakenFile taken) throws IOException {
        Files.deleteIfExists(taken.ownFolder());
        ledger.forget(taken.id());
    }
}
