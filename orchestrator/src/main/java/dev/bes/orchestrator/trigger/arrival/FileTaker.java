package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes settled files: announces a set of them in the ledger, moves each to the processing folder and makes a run of it. Of
 * several nodes only the one whose announcement is recorded moves a file.
 */
@Component
class FileTaker {
    private static final Logger LOG = LoggerFactory.getLogger(FileTaker.class);
    /** Few enough that a node with a slow disk is not taken for dead. */
    private static final int SET = 50;

    private final DroppedFileLedger ledger;
    private final ProcessingFolder work;

    FileTaker(DroppedFileLedger ledger, ProcessingFolder work) {
        this.ledger = ledger;
        this.work = work;
    }

    /** A definition and one of its drop folders. */
    record FileTrigger(Definition definition, DropFolder drop, FileRules rules) {
        FileTrigger(Definition definition, DropFolder drop) {
            this(definition, drop, new FileRules(drop));
        }
    }

    /**
     * A file that may be taken.
     *
     * @param marker the file that says that it is complete; null without one
     */
    record Ready(
            FoundFile file, FileTrigger trigger, @Nullable Path marker) {}

    private record Opened(Ready ready, TakenFile taken) {}

    /** Takes the files of a folder, in this order. */
    void take(Path folder, List<Ready> files, Sightings sightings, LogOnce logOnce) {
        for (int from = 0; from < files.size(); from += SET) {
            List<Ready> set = files.subList(from, Math.min(from + SET, files.size()));
            logOnce.run(folder, () -> takeSet(folder, set, sightings, logOnce));
        }
    }

    private void takeSet(Path folder, List<Ready> set, Sightings sightings, LogOnce logOnce) throws IOException {
        List<Opened> opened = new ArrayList<>();
        Set<UUID> announced;
        try {
            set.forEach(ready -> logOnce.run(ready.file.path(), () -> opened.add(open(folder, ready))));
            announced =
                    ledger.announce(folder, opened.stream().map(Opened::taken).toList());
        } catch (RuntimeException e) {
            for (Opened one : opened) {
                Files.deleteIfExists(one.taken.ownFolder());
            }
            throw e;
        }
        for (Opened one : opened) {
            Path file = one.ready.file.path();
            sightings.forget(Set.of(one.ready.file.name()));
            if (announced.contains(one.taken.id())) {
                logOnce.run(file, () -> take(one));
            } else {
                LOG.debug("{} was taken by another node or removed", file);
                Files.deleteIfExists(one.taken.ownFolder());
            }
        }
    }

    private Opened open(Path folder, Ready ready) throws IOException {
        UUID id = UUID.randomUUID();
        String name = ready.file.name();
        Path path = work.open(folder, id).resolve(name);
        return new Opened(ready, new TakenFile(id, ready.trigger.definition.name(), folder, name, 0, path));
    }

    private void take(Opened opened) throws IOException {
        TakenFile taken = opened.taken;
        try {
            work.take(opened.ready.file.path(), taken.folder(), taken.path());
        } catch (AtomicMoveNotSupportedException e) {
            withdraw(taken);
            LOG.info(
                    "{} is on another disk than the drop root: its files are processed in {}",
                    taken.folder(),
                    work.all(taken.folder()));
            return;
        } catch (NoSuchFileException e) {
            Files.deleteIfExists(taken.ownFolder());
            ledger.gone(taken.id());
            return;
        } catch (IOException | RuntimeException e) {
            withdraw(taken);
            throw e;
        }
        ledger.record(opened.ready.trigger.definition, opened.ready.trigger.drop, taken);
        Path marker = opened.ready.marker;
        if (marker != null) {
            Files.deleteIfExists(marker);
        }
    }

    /** Removes the folder before the row: afterwards no file can be moved there without a row. */
    private void withdraw(TakenFile taken) throws IOException {
        Files.deleteIfExists(taken.ownFolder());
        ledger.forget(taken.id());
    }
}
