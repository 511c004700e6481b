package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.arrival.FileTaker.FileTrigger;
import dev.bes.orchestrator.trigger.arrival.FileTaker.GroupName;
import dev.bes.orchestrator.trigger.arrival.FileTaker.Ready;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules.Verdict;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import dev.bes.orchestrator.trigger.arrival.rule.SkipReason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One scan of a drop folder: says of each plain file what it is and whether it can be taken now. */
final class FolderScan {
    private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);
    /** A writer may use a temporary name and rename the file. */
    static final Duration RENAME_GRACE = Duration.ofSeconds(15);

    private final List<FileTrigger> triggers;
    private final Sightings seen;
    private final SettleDetector settleDetector;
    private final AdmissionControl admissionControl;
    private final LogOnce logOnce;
    private final SkipReason skipReason;
    private final Map<String, FoundFile> byName;
    private final List<Ready> ready = new ArrayList<>();
    private final Map<GroupName, List<Ready>> groups = new LinkedHashMap<>();

    /** @param files all plain files of the folder */
    FolderScan(
            List<FileTrigger> triggers,
            List<FoundFile> files,
            Sightings seen,
            SettleDetector settleDetector,
            AdmissionControl admissionControl,
            LogOnce logOnce) {
        this.triggers = triggers;
        this.seen = seen;
        this.settleDetector = settleDetector;
        this.admissionControl = admissionControl;
        this.logOnce = logOnce;
        this.skipReason = new SkipReason(
                triggers.stream().map(trigger -> trigger.drop().pattern()).toList());
        // only markers are looked up
        this.byName =
                triggers.stream().allMatch(trigger -> trigger.drop().rules().doneMarker() == null)
                        ? Map.of()
                        : files.stream().collect(Collectors.toMap(FoundFile::name, file -> file, (one, other) -> one));
    }

    /** The files that can be taken now, each as a run of its own. */
    List<Ready> ready() {
        return ready;
    }

    /** The files that wait for their groups. */
    Map<GroupName, List<Ready>> groups() {
        return groups;
    }

    /** Notes what a file is. */
    void consider(FoundFile file) throws IOException {
        String mismatch = seen.reasonByName(file.name());
        Map<Verdict, FileTrigger> verdicts = new EnumMap<>(Verdict.class);
        if (mismatch == null) {
            triggers.stream()
                    .filter(one -> !file.isInSubFolder() || one.drop().rules().includesSubFolders())
                    .forEach(one -> verdicts.putIfAbsent(one.rules().of(file.fileName()), one));
        }
        FileTrigger trigger = verdicts.get(Verdict.TAKEN);
        if (trigger != null) {
            consider(file, trigger);
        } else if (verdicts.containsKey(Verdict.MARKER)) {
            seen.saw(file.row(null, FileState.SEEN, Verdict.MARKER.reason()));
        } else if (verdicts.containsKey(Verdict.TEMPORARY)) {
            seen.saw(file.row(null, FileState.SEEN, Verdict.TEMPORARY.reason()));
        } else if (verdicts.containsKey(Verdict.EXCLUDED)) {
            seen.saw(file.row(null, FileState.IGNORED, Verdict.EXCLUDED.reason()));
        } else {
            String reason = mismatch != null ? mismatch : skipReason.byName(file.fileName());
            seen.keepReason(file.name(), reason);
            skip(file, null, reason);
        }
    }

    private void consider(FoundFile found, FileTrigger trigger) throws IOException {
        FoundFile file = trigger.leaves() ? found.staying() : found;
        if (seen.isTaken(file.name(), file.version())) {
            seen.stillThere(file.name());
            return;
        }
        String definition = trigger.definition().name();
        String markerName = trigger.rules().markerOf(file.fileName());
        FoundFile marker = markerName == null ? null : byName.get(file.sibling(markerName));
        String wrongSize = trigger.rules().bySize(file.bytes());
        try {
            if (markerName != null && (marker == null || marker.modified().isBefore(file.modified()))) {
                // an older marker belongs to an earlier file of that name
                seen.saw(file.row(definition, FileState.SEEN, FileRules.waitsFor(markerName)));
            } else if (marker == null && !isSettled(file, trigger)) {
                settles(file, definition, trigger.drop().settle());
            } else if (wrongSize != null) {
                skip(file, definition, wrongSize);
            } else if (admissionControl.isFull()) {
                waits(file, definition);
            } else {
                String reason = SkipReason.byAccess(file.path());
                if (reason == null) {
                    ready(new Ready(file, trigger, marker == null ? null : marker.path()));
                } else {
                    skip(file, definition, reason);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by another node or removed", file.path());
        }
    }

    private boolean isSettled(FoundFile file, FileTrigger trigger) {
        return seen.hasSettled(file.row(null, FileState.COMPLETE, null))
                || settleDetector.isSettled(
                        file.path(),
                        file.bytes(),
                        file.modified().toEpochMilli(),
                        trigger.drop().settle());
    }

    private void settles(FoundFile file, String definition, Duration settle) {
        seen.saw(file.row(definition, FileState.SETTLING, null));
        String changing = "it keeps changing: it is taken after its size and modification time have not changed for "
                + settle.toSeconds() + " s ('settle')";
        logOnce.log(file.path(), changing, LogOnce.WAITING_GRACE.plus(settle));
    }

    private void waits(FoundFile file, String definition) {
        String waiting = admissionControl.waiting();
        if (seen.isGrouped(file.name())) {
            seen.stillThere(file.name());
        } else {
            seen.saw(file.row(definition, FileState.COMPLETE, waiting));
        }
        logOnce.log(file.path(), waiting, LogOnce.WAITING_GRACE);
    }

    private void ready(Ready file) {
        FoundFile found = file.file();
        String definition = file.trigger().definition().name();
        Group group = file.trigger().rules().group();
        if (group == null) {
            if (seen.isWritten(found.name())) {
                // it is taken in a moment: its row is not written before
                seen.stillThere(found.name());
            } else {
                seen.saw(found.row(definition, FileState.COMPLETE, null));
            }
            ready.add(file);
            return;
        }
        String key = file.trigger().rules().keyOf(found.fileName());
        if (key == null) {
            skip(found, definition, GroupRules.hasNoKey(group));
        } else {
            seen.saw(found.grouped(definition, key, GroupRules.waits(group, key)));
            groups.computeIfAbsent(new GroupName(definition, key), name -> new ArrayList<>())
                    .add(file);
        }
    }

    /** Notes an entry that is not taken. */
    void skip(FoundFile file, @Nullable String definition, String reason) {
        seen.saw(file.row(definition, FileState.IGNORED, reason));
        logOnce.log(file.path(), reason, RENAME_GRACE);
    }
}
