package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.files.FolderHandles;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The folder of taken files while their runs are unfinished. It lies in the drop root and only the user of this service may enter
 * it, so that writers of a drop folder cannot change taken files. A drop folder on another disk contains its own, because a file
 * can't be moved to another disk atomically.
 */
@Component
class ProcessingFolder {
    static final String NAME = RegularFile.TAKEN;
    private static final Set<?> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final Set<Path> onOtherDisks = ConcurrentHashMap.newKeySet();

    ProcessingFolder(TriggerSettings settings) {
        this.root = settings.dropRoot();
    }

    /**
     * Creates the folder for one file.
     *
     * @throws FileSystemException if the folder above it belongs to another user
     */
    Path open(Path drop, UUID id) throws IOException {
        Path base = base(drop);
        Files.createDirectories(base);
        Path all = FilePlacement.folder(base, NAME);
        Path folder = Files.createDirectory(all.resolve(id.toString()));
        try {
            restrictToOwner(folder);
            requireSameOwner(all, folder);
            return folder;
        } catch (IOException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /** The parent of the folders for single files. */
    Path all(Path drop) {
        return base(drop).resolve(NAME);
    }

    private Path base(Path drop) {
        return onOtherDisks.contains(drop) ? drop : root;
    }

    /**
     * Moves a file atomically from its drop folder to its path in the processing folder.
     *
     * @throws AtomicMoveNotSupportedException if they are on different disks; the next folder that is opened is on the disk of the drop folder
     */
    void take(Path file, Path drop, Path taken) throws IOException {
        try {
            FolderHandles.move(drop, file, taken);
        } catch (AtomicMoveNotSupportedException e) {
            onOtherDisks.add(drop);
            throw e;
        }
    }

    /** The file that a copy is written to until it is complete: no name that is ever taken. */
    static Path part(TakenFile taken) {
        return taken.path().resolveSibling(".copy");
    }

    /**
     * Copies a file from its drop folder to its path in the processing folder, where it appears when it is complete and on disk.
     * The drop folder belongs to others: the file is opened by handles, and must be the one that was seen.
     *
     * @return false if it has changed since it was seen, and nothing was copied
     */
    boolean isCopied(FoundFile file, TakenFile taken) throws IOException {
        Path part = part(taken);
        try (RegularFile source = RegularFile.below(root, file.path());
                InputStream in = source.stream();
                FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(out));
            out.force(true);
            if (out.size() != file.bytes() || !source.isUnchanged(file.bytes(), file.modified())) {
                return false;
            }
            Files.move(part, taken.path(), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void requireSameOwner(Path all, Path folder) throws IOException {
        try {
            if (!Files.getOwner(all, LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
                throw new FileSystemException(
                        all.toString(),
                        null,
                        "belongs to another user than '" + System.getProperty("user.name")
                                + "', the user of this service; no file is taken: move the folder away");
            }
            restrictToOwner(all);
        } catch (UnsupportedOperationException e) {
            // this file system has no owners
        }
    }

    private static void restrictToOwner(Path folder) throws IOException {
        try {
            if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                    .equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (UnsupportedOperationException e) {
            // this file system has no permissions
        }
    }
}
