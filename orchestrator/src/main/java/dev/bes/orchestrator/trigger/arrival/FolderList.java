package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.files.FolderHandles;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.rule.SkipReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists a drop folder, and the folders below it if a definition wants them. Notes the entries that are no files. */
final class FolderList {
    private static final Logger LOG = LoggerFactory.getLogger(FolderList.class);
    private static final int MAX_DEPTH = 16;
    /** Longer names do not fit into an index. */
    private static final int MAX_NAME_BYTES = 1_000;

    private final Path folder;
    private final boolean recursive;
    private final Set<Path> drops;
    private final Sightings seen;
    private final LogOnce logOnce;
    private final List<FoundFile> found = new ArrayList<>();

    /** @param drops all drop folders: each is listed for itself */
    FolderList(Path folder, boolean recursive, Set<Path> drops, Sightings seen, LogOnce logOnce) {
        this.folder = folder;
        this.recursive = recursive;
        this.drops = drops.stream().map(Path::normalize).collect(Collectors.toSet());
        this.seen = seen;
        this.logOnce = logOnce;
    }

    /** The files that may be taken, whatever their name, oldest first. */
    List<FoundFile> files() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            list(entries, "", 0);
        }
        found.sort(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::path));
        return found;
    }

    private void list(DirectoryStream<Path> entries, String prefix, int depth) {
        for (Path path : entries) {
            logOnce.run(path, () -> entry(entries, path, prefix + path.getFileName(), depth));
        }
    }

    private void entry(DirectoryStream<Path> parent, Path path, String name, int depth) throws IOException {
        try {
            BasicFileAttributes attributes = FolderHandles.attributes(parent, path);
            if (isReserved(path, attributes.isDirectory(), depth)) {
                return;
            }
            String reason = reason(path, name, attributes, depth);
            if (reason == null && attributes.isDirectory()) {
                listBelow(parent, path, name, depth);
                return;
            }
            FoundFile file = FoundFile.of(path, name, attributes);
            if (reason == null) {
                found.add(file);
                return;
            }
            if (fits(name)) {
                seen.saw(file.row(null, FileState.IGNORED, reason));
            }
            logOnce.log(path, reason, FolderScan.RENAME_GRACE);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by another node or removed", path);
        }
    }

    private void listBelow(DirectoryStream<Path> parent, Path path, String name, int depth) throws IOException {
        try (DirectoryStream<Path> entries = FolderHandles.open(parent, path)) {
            list(entries, name + "/", depth + 1);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | DirectoryIteratorException e) {
            // what lies in it may still be there: as if it was gone, files that stay would be scored again
            seen.stillThereBelow(name + "/");
            throw e;
        }
    }

    /** Why an entry is not taken, or a folder not listed; null if it may be. */
    private @Nullable String reason(Path path, String name, BasicFileAttributes attributes, int depth) {
        if (!fits(name)) {
            return "its path below the drop folder has more than 1,000 bytes: use shorter names";
        }
        if (!recursive || !attributes.isDirectory()) {
            return SkipReason.byType(path, attributes);
        }
        String own = String.valueOf(path.getFileName());
        if (own.startsWith(".")) {
            return "its name starts with a dot, and hidden folders are never looked into: rename it";
        }
        if (ArchiveFolders.NAMES.contains(own)) {
            return "folders of this name are for files that were put away, and are not looked into: rename it";
        }
        return depth < MAX_DEPTH
                ? null
                : "it lies more than " + MAX_DEPTH
                        + " folders deep: move its files up, or add a definition for the folder";
    }

    private static boolean fits(String name) {
        return name.length() <= MAX_NAME_BYTES / 3 || name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
    }

    /** Whether it is a folder of this service, or is, or contains, another drop folder. */
    private boolean isReserved(Path path, boolean isFolder, int depth) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(SharedFolders.MARKER)) {
            return true;
        }
        if (!isFolder) {
            return false;
        }
        boolean ours = depth == 0 && (ArchiveFolders.NAMES.contains(name) || name.equals(ProcessingFolder.NAME));
        return ours
                || (recursive
                        ? drops.contains(path.normalize())
                        : drops.stream().anyMatch(drop -> drop.startsWith(path.normalize())));
    }
}
