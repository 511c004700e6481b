package dev.bes.orchestrator.node.folder;

import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.node.file.FileSettings;
import dev.bes.orchestrator.node.folder.FolderRows.Known;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A shared folder as this node sees it: proven by its marker, or unusable. */
final class MarkedFolder {
    private static final Logger LOG = LoggerFactory.getLogger(MarkedFolder.class);

    private final SharedFolder folder;
    private final Path path;
    private final String node;
    private final FolderRows rows;
    private final FilesInUse inUse;
    private final FileOperations work;
    private final FileSettings settings;
    private final FolderMessages messages;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile FileOperations.@Nullable Operation current;
    private volatile @Nullable Object provenKey;
    private volatile @Nullable String problem;
    private volatile boolean compared;

    MarkedFolder(
            SharedFolder folder,
            Path path,
            String node,
            FolderRows rows,
            FilesInUse inUse,
            FileOperations work,
            FileSettings settings) {
        this.folder = folder;
        this.path = path;
        this.node = node;
        this.rows = rows;
        this.inUse = inUse;
        this.work = work;
        this.settings = settings;
        this.messages = new FolderMessages(folder, path);
        this.problem = messages + " has not been compared with what the other nodes see yet";
    }

    /**
     * A folder as it was read.
     *
     * @param key identity of the directory on this machine; null if there is no directory
     * @param marker its marker
     */
    private record Seen(@Nullable Object key, Optional<UUID> marker) {}

    Path path() {
        return path;
    }

    @Nullable
    String problem() {
        FileOperations.Operation operation = current;
        Duration took = operation == null ? Duration.ZERO : operation.took();
        return took.compareTo(settings.responseTimeout()) > 0 ? messages.silent(took) : problem;
    }

    /** Whether the path leads to the proven directory now. */
    boolean isThere() {
        if (problem == null && !leadsToProven()) {
            check();
        }
        // a check that began before, or found no database, says nothing about this moment
        return problem == null && leadsToProven();
    }

    private boolean leadsToProven() {
        Object proven = provenKey;
        try {
            return proven == null || proven.equals(key(Files.readAttributes(path, BasicFileAttributes.class)));
        } catch (IOException e) {
            return false;
        }
    }

    /** What tells a directory from others; its path, where the file system knows nothing better. */
    private Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), path);
    }

    /** Compares it with the database. An outage of the database changes nothing. */
    void check() {
        if (!checking.tryLock()) {
            return;
        }
        try {
            setProblem(compare());
            compared = true;
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("{} can't be compared: the database does not answer", messages, e);
        } catch (RuntimeException e) {
            LOG.error("{} can't be compared", messages, e);
        } finally {
            checking.unlock();
        }
    }

    private @Nullable String compare() {
        @Nullable String found;
        try {
            Seen seen = see();
            Known known = rows.find(folder).orElse(null);
            found = known != null && isProven(seen, known) ? proven(seen.key) : rows.locked(this::settle).problem;
        } catch (IOException | UncheckedIOException e) {
            found = rows.find(folder).isEmpty() ? unshared(e) : messages.unreadable(e);
        }
        rows.setProven(folder, node, found == null && provenKey != null);
        return found;
    }

    private @Nullable String proven(@Nullable Object key) {
        provenKey = key;
        return null;
    }

    private void setProblem(@Nullable String now) {
        String before = problem;
        problem = now;
        if (now != null && !now.equals(before)) {
            LOG.warn("{}", now);
        } else if (now == null && before != null && provenKey != null) {
            LOG.info("{} is the folder that all nodes share", messages);
        }
    }

    private Seen see() throws IOException {
        try (FileOperations.Operation operation = work.begin("Reading " + messages)) {
            current = operation;
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isDirectory()) {
                throw new IOException("it is no folder");
            }
            return new Seen(key(attributes), FolderMarker.read(path));
        } catch (NoSuchFileException e) {
            return new Seen(null, Optional.empty());
        } finally {
            current = null;
        }
    }

    /** Files are stored by path: the same folder under another path is no use, unless the known path leads to it. */
    private boolean isProven(Seen seen, Known known) {
        return has(seen, known.marker()) && (path.equals(known.path()) || leadsHere(known));
    }

    private static boolean has(Seen seen, UUID marker) {
        return seen.marker.filter(marker::equals).isPresent();
    }

    private static boolean leadsHere(Known known) {
        try {
            return FolderMarker.read(known.path())
                    .filter(known.marker()::equals)
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** The result of settling; null if it is the shared folder. */
    private record Settled(@Nullable String problem) {}

    /** Decides about a folder that its marker does not prove. One node at a time does so. */
    private Settled settle() {
        try {
            Seen seen = see();
            Known known = rows.find(folder).orElse(null);
            if (known == null) {
                return new Settled(first(seen));
            }
            if (isProven(seen, known)) {
                return new Settled(proven(seen.key));
            }
            return new Settled(isOnlyUnmarked(seen) ? mark(known.marker()) : decide(seen, known));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The proven directory is still there: only its marker file was removed. */
    private boolean isOnlyUnmarked(Seen seen) {
        return seen.marker.isEmpty() && seen.key != null && seen.key.equals(provenKey);
    }

    /** This node was started with another folder than before. */
    private boolean isChange(Known known) {
        return !compared && !path.equals(known.path());
    }

    private @Nullable String decide(Seen seen, Known known) throws IOException {
        boolean shared = rows.isSeenByOthers(folder, node);
        if (!shared && known.previous() != null && has(seen, known.previous())) {
            return adopt(seen, known, known.previous());
        }
        if (!shared && provenKey != null) {
            return messages.replaced(known);
        }
        if (shared || (!isChange(known) && rows.isAnotherNodeAlive(node))) {
            return has(seen, known.marker())
                    ? messages.elsewhere(known)
                    : messages.foreign(known, seen.key != null, seen.marker);
        }
        List<Path> needed = inUse.under(known.path());
        if (!needed.isEmpty() && !(path.equals(known.path()) && needed.stream().allMatch(Files::exists))) {
            return messages.needed(known, needed.getFirst(), has(seen, known.marker()));
        }
        UUID marker = needed.isEmpty() ? seen.marker.orElseGet(UUID::randomUUID) : seen.marker.orElse(known.marker());
        return adopt(seen, known, marker);
    }

    private @Nullable String adopt(Seen seen, Known known, UUID marker) throws IOException {
        rows.save(folder, new Known(marker, path, known.marker()));
        LOG.warn(
                "{} is the folder that all nodes share from now on, by marker {}; before it was {} by marker {}, which no other"
                        + " node sees now",
                messages,
                marker,
                known.path(),
                known.marker());
        return seen.marker.isEmpty() ? mark(marker) : proven(seen.key);
    }

    private @Nullable String first(Seen seen) throws IOException {
        UUID marker = seen.marker.orElseGet(UUID::randomUUID);
        @Nullable String found = seen.marker.isEmpty() ? mark(marker) : proven(seen.key);
        rows.save(folder, new Known(marker, path, null));
        return found;
    }

    /** No node has such a folder yet, and this one can't create it. The features that need it report that. */
    private @Nullable String unshared(Exception e) {
        if (problem != null) {
            LOG.warn("{} can't be used, so it is shared with no other node: {}", messages, e.toString());
        }
        return proven(null);
    }

    private @Nullable String mark(UUID marker) throws IOException {
        try (FileOperations.Operation operation = work.begin("Marking " + messages)) {
            current = operation;
            Files.createDirectories(path);
            FolderMarker.write(path, marker);
        } finally {
            current = null;
        }
        rows.insertNode(node);
        return proven(see().key);
    }
}
