package dev.bes.orchestrator.trigger.arrival.ledger;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says of the entries of one drop folder. A scan compares each entry with it and writes only what is new,
 * has changed or is gone: a folder at rest costs no statement. It holds one object for each entry of the folder.
 */
public final class Sightings {
    private final Path folder;
    private final LyingFiles ledger;
    private final Map<String, LyingFile> written = new HashMap<>();
    private final Map<String, LyingFile> changes = new LinkedHashMap<>();
    private Set<String> present = new HashSet<>();
    private Map<String, String> reasonsByName = new HashMap<>();
    private List<String> rules = List.of();

    /** Reads the rows that the last node left, so that what was removed meanwhile is recorded. */
    public Sightings(Path folder, LyingFiles ledger) {
        this.folder = folder;
        this.ledger = ledger;
        ledger.in(folder).forEach(file -> written.put(file.name(), file));
    }

    /**
     * Begins a scan.
     *
     * @param patterns the rules that decide about names; reasons that were found under others are forgotten
     */
    public void begin(List<String> patterns) {
        if (!patterns.equals(rules)) {
            rules = List.copyOf(patterns);
            reasonsByName = new HashMap<>();
        }
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
                && before.modified().equals(file.modified());
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

    /** Writes what this scan has found. After a failure the next scan writes it. */
    public void end() {
        if (!changes.isEmpty()) {
            ledger.write(folder, changes.values());
            written.putAll(changes);
            changes.clear();
        }
        if (written.size() > present.size() || !present.containsAll(written.keySet())) {
            Set<String> gone = new HashSet<>(written.keySet());
            gone.removeAll(present);
            ledger.gone(folder, gone);
            forget(gone);
        }
        reasonsByName.keySet().retainAll(present);
        present = Set.of();
    }

    /** Forgets entries that are no longer this folder's: a later sight of the same names is a first one. */
    public void forget(Set<String> names) {
        written.keySet().removeAll(names);
    }
}
