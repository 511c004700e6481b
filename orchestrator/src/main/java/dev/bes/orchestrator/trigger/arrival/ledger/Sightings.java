package dev.bes.orchestrator.trigger.arrival.ledger;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of the entries of one drop folder, or of the blobs of a container. A scan compares each entry with it
 * and writes only what differs: a folder at rest costs no write. It holds one object for each entry.
 */
public final class Sightings {
    private final String folder;
    private final @Nullable String store;
    private final LyingFiles ledger;
    private final TakenVersions versions;
    private final Map<String, String> taken = new HashMap<>();
    private long askedNanos = System.nanoTime();
    private final Map<String, LyingFile> written = new HashMap<>();
    private final Map<String, LyingFile> changes = new LinkedHashMap<>();
    private Set<String> present = new HashSet<>();
    private Map<String, String> reasonsByName = new HashMap<>();
    private List<String> rules = List.of();
    private @Nullable OffsetDateTime listed;

    /**
     * Reads the rows that the last node left, so that what was removed meanwhile is recorded.
     *
     * @param store the blob store that has the blobs; null for the files of a folder
     */
    public Sightings(String folder, @Nullable String store, LyingFiles ledger, TakenVersions versions) {
        this.folder = folder;
        this.store = store;
        this.ledger = ledger;
        this.versions = versions;
        ledger.in(folder).forEach(file -> written.put(file.name(), file));
        taken.putAll(versions.in(folder));
    }

    /**
     * Begins a scan, before anything is listed: what is known now and not listed then is gone.
     *
     * @param patterns the rules that decide about names; reasons that were found under others are forgotten
     */
    public void begin(List<String> patterns) {
        if (!patterns.equals(rules)) {
            rules = List.copyOf(patterns);
            reasonsByName = new HashMap<>();
        }
        if (!taken.isEmpty()) {
            long now = System.nanoTime();
            taken.keySet().removeAll(versions.retried(folder, Duration.ofNanos(now - askedNanos)));
            askedNanos = now;
        }
        listed = store == null ? null : ledger.now();
        changes.clear();
        present = HashSet.newHashSet(written.size());
    }

    /** Why a name matches no pattern, as an earlier scan found; null if none did. */
    public @Nullable String reasonByName(String name) {
        return reasonsByName.get(name);
    }

    /** Keeps why a name matches no pattern. */
    public void keepReason(String name, String reason) {
        reasonsByName.put(name, reason);
    }

    /** Notes an entry. Of two whose names are the same text, the first counts. */
    public void saw(LyingFile now) {
        if (present.add(now.name()) && !now.equals(written.get(now.name()))) {
            changes.put(now.name(), now);
        }
    }

    /** Whether that version of an entry was taken, as far as this node knows. */
    public boolean isTaken(String name, @Nullable String version) {
        return version != null && version.equals(taken.get(name));
    }

    /** Notes that this node has taken a version of an entry, which stays where it is. */
    public void took(String name, String version) {
        written.remove(name);
        if (taken.put(name, version) != null) {
            versions.releaseOlder(folder, Set.of(name));
        }
    }

    /** Asks the ledger what became of entries that stay where they are, and that another node has taken. */
    public void ask(Set<String> names) {
        forget(names);
        taken.putAll(versions.of(folder, names));
    }

    /** Whether the ledger has a row of that entry, as far as this node knows. */
    public boolean isWritten(String name) {
        return written.containsKey(name);
    }

    /** Whether a node has seen that this file has settled: its row says so, and it is as it was then. */
    public boolean hasSettled(LyingFile file) {
        LyingFile before = written.get(file.name());
        return before != null
                && (before.state() == FileState.GROUPED || before.state() == FileState.COMPLETE)
                && before.bytes() == file.bytes()
                && before.modified().equals(file.modified())
                && Objects.equals(before.version(), file.version());
    }

    /** Whether the ledger says, as far as this node knows, that an entry waits in a group. */
    public boolean isGrouped(String name) {
        LyingFile row = written.get(name);
        return row != null && row.state() == FileState.GROUPED;
    }

    /** Notes that an entry is there, and leaves its row as it is. */
    public void stillThere(String name) {
        present.add(name);
    }

    /** Notes that the entries of a folder may be there: it could not be listed. */
    public void stillThereBelow(String prefix) {
        Stream.of(written, taken)
                .flatMap(names -> names.keySet().stream())
                .filter(name -> name.startsWith(prefix))
                .forEach(present::add);
    }

    /** Writes what this scan has found. After a failure the next scan writes it. */
    public void end() {
        if (!changes.isEmpty()) {
            Set<String> undone = ledger.write(folder, store, listed, changes.values());
            written.putAll(changes);
            forget(undone);
            changes.clear();
        }
        if (written.size() > present.size() || !present.containsAll(written.keySet())) {
            Set<String> gone = new HashSet<>(written.keySet());
            gone.removeAll(present);
            ledger.gone(folder, gone);
            forget(gone);
        }
        if (!present.containsAll(taken.keySet())) {
            Set<String> gone = new HashSet<>(taken.keySet());
            gone.removeAll(present);
            taken.keySet().removeAll(versions.release(folder, gone));
        }
        reasonsByName.keySet().retainAll(present);
        present = Set.of();
    }

    /** Forgets entries that are no longer this folder's: a later sight of the same names is a first one. */
    public void forget(Set<String> names) {
        written.keySet().removeAll(names);
    }
}
