package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.FileOptions.After;
import dev.bes.orchestrator.definition.FileOptions.ArchiveBy;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.arrival.DroppedFileLedger.PutAway;
import dev.bes.orchestrator.trigger.arrival.ledger.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The folders of this service in a drop folder, and the moves of taken files to them. A move that was made before, by another
 * node or before a crash, is found.
 */
@Component
class ArchiveFolders {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveFolders.class);
    private static final String ARCHIVE = "archive";
    static final String FAILED = "failed";
    static final String CHANGED = "changed";
    /** The folders in a drop folder that belong to this service. */
    static final Set<String> NAMES = Set.of(ARCHIVE, FAILED, CHANGED);

    private final Definitions definitions;
    private final Path root;

    ArchiveFolders(Definitions definitions, TriggerSettings settings) {
        this.definitions = definitions;
        this.root = settings.dropRoot();
    }

    /** What takes a file today; empty if nothing does any more. */
    Optional<DropFolder> dropFolder(TakenFile taken) {
        return definitions.find(taken.definition()).stream()
                .flatMap(definition -> definition.triggers().files().stream())
                .filter(drop -> root.resolve(drop.folder()).equals(taken.folder()))
                .findFirst();
    }

    /** Archives or deletes a file that was scored. */
    PutAway scored(TakenFile taken) throws IOException {
        After after = after(taken);
        if (after == After.ARCHIVE) {
            return new PutAway(taken, ARCHIVE, place(taken, archive(taken), Long.toString(taken.run())), null);
        }
        delete(taken);
        return new PutAway(taken, after == After.LEAVE ? "left" : "deleted", null, null);
    }

    /** Archives or deletes a file that is not scored. */
    PutAway duplicate(TakenFile taken) throws IOException {
        if (after(taken) == After.ARCHIVE) {
            return new PutAway(taken, "duplicate", place(taken, archive(taken), "duplicate"), null);
        }
        delete(taken);
        return new PutAway(taken, "duplicate", null, null);
    }

    /** Moves a file to a folder for files that people should look at, and says beside it why. */
    PutAway quarantine(TakenFile taken, String folder, String reason) throws IOException {
        Path placed = place(taken, List.of(folder), Long.toString(taken.run()));
        QuarantinedFiles.writeReason(placed, VisibleText.lines(reason));
        return new PutAway(taken, folder, placed, reason);
    }

    /** What its drop folder does with scored files. Of one that stays where it is, the copy is deleted. */
    private After after(TakenFile taken) {
        if (taken.version() != null) {
            return After.LEAVE;
        }
        boolean isDeleted =
                dropFolder(taken).stream().anyMatch(drop -> drop.rules().after() == After.DELETE);
        return isDeleted ? After.DELETE : After.ARCHIVE;
    }

    private static void delete(TakenFile taken) throws IOException {
        Files.deleteIfExists(taken.path());
        removeEmpty(taken.ownFolder());
    }

    /** The folders of the archive, one in the other. By the time at which a file was taken, so that each node finds the same. */
    private List<String> archive(TakenFile taken) {
        ArchiveBy by = dropFolder(taken).stream()
                .map(drop -> drop.rules().archiveBy())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Instant at = taken.at();
        List<String> folders = new ArrayList<>(List.of(ARCHIVE));
        if (by != null && at != null) {
            folders.addAll(by.folders(at));
        }
        return folders;
    }

    private static Path place(TakenFile taken, List<String> folders, String prefix) throws IOException {
        Path folder = taken.folder();
        for (String name : folders) {
            folder = FilePlacement.folder(folder, name);
        }
        for (String name : FileNames.folders(taken.name())) {
            folder = FilePlacement.folder(folder, name);
        }
        Path target = folder.resolve(prefix + "-" + SafeName.of(taken.fileName()));
        Path placed;
        try {
            placed = FilePlacement.move(taken.path(), target, FilePlacement.Already.SAME_FILE)
                    .path();
        } catch (NoSuchFileException e) {
            // another node moved it, or this one before a crash, to the first free name
            placed = FilePlacement.lastTaken(target);
            if (placed == null) {
                throw e;
            }
        }
        removeEmpty(taken.ownFolder());
        return placed;
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{} contains more than the taken file; it is not removed", VisibleText.name(folder.toString()));
        }
    }
}
