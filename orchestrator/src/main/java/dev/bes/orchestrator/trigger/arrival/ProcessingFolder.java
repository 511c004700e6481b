package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.trigger.TriggerSettings;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Where taken files lie while their runs are under way: in a folder of the drop root that only our user may enter, out of
 * reach of those who may write to a drop folder. A drop folder on a disk of its own has one in itself, since a file can't be moved
 * to another disk in one step.
 */
@Component
class ProcessingFolder {
    static final String NAME = RegularFile.TAKEN;
    private static final Set<?> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final Set<Path> apart = ConcurrentHashMap.newKeySet();

    ProcessingFolder(TriggerSettings settings) {
        this.root = settings.dropRoot();
    }

    /**
     * Makes a folder for one file.
     *
     * @throws FileSystemException if the folder above it is not ours
     */
    Path open(Path drop, UUID id) throws IOException {
        Path base = base(drop);
        Files.createDirectories(base);
        Path all = FilePlacement.folder(base, NAME);
        Path mine = Files.createDirectory(all.resolve(id.toString()));
        try {
            keepOthersOut(mine);
            requireOurs(all, mine);
            return mine;
        } catch (IOException e) {
            Files.deleteIfExists(mine);
            throw e;
        }
    }

    /** The folder above those of the single files of a drop folder. */
    Path all(Path drop) {
        return base(drop).resolve(NAME);
    }

    private Path base(Path drop) {
        return apart.contains(drop) ? drop : root;
    }

    /**
     * Moves a file from its drop folder to a place in the work folder, in one step.
     *
     * @throws AtomicMoveNotSupportedException if they are on different disks; the next folder that is opened is on the same one
     */
    void take(Path file, Path drop, Path taken) throws IOException {
        try {
            Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            apart.add(drop);
            throw e;
        }
    }

    private static void requireOurs(Path all, Path mine) throws IOException {
        try {
            if (!Files.getOwner(all, LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getOwner(mine, LinkOption.NOFOLLOW_LINKS))) {
                throw new FileSystemException(
                        all.toString(),
                        null,
                        "belongs to another user than the one of this service, '" + System.getProperty("user.name")
                                + "'; no file is taken through it: move it away");
            }
            keepOthersOut(all);
        } catch (UnsupportedOperationException e) {
            // a file system without owners keeps nobody out
        }
    }

    private static void keepOthersOut(Path folder) throws IOException {
        try {
            if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                    .equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (UnsupportedOperationException e) {
            // a file system without permissions keeps nobody out
        }
    }
}
