package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.FileOptions.After;
import dev.bes.orchestrator.definition.FileOptions.Group;
import dev.bes.orchestrator.remote.blob.StoreBlobs.Kind;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules.Verdict;
import dev.bes.orchestrator.trigger.arrival.rule.GroupRules;
import dev.bes.orchestrator.trigger.arrival.rule.SkipReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One list of a container: says of each blob what it is and whether it can be taken now. */
final class ContainerScan {
    private final List<BlobTrigger> triggers;
    private final Map<String, ListedBlob> byName;
    private final Sightings seen;
    private final GrowingBlobs growing;
    private final AdmissionControl admissionControl;
    private final SkipReason skipReason;
    private final List<Ready> ready = new ArrayList<>();
    private final Map<GroupName, List<Ready>> groups = new LinkedHashMap<>();

    /** @param byName all blobs and folders of the container, by their paths without the prefix */
    ContainerScan(
            List<BlobTrigger> triggers,
            Map<String, ListedBlob> byName,
            Sightings seen,
            GrowingBlobs growing,
            AdmissionControl admissionControl) {
        this.triggers = triggers;
        this.byName = byName;
        this.seen = seen;
        this.growing = growing;
        this.admissionControl = admissionControl;
        this.skipReason = new SkipReason(
                triggers.stream().map(trigger -> trigger.container().pattern()).toList());
    }

    /** A group of blobs: the definition that takes them, and what their names have in common. */
    record GroupName(String definition, String key) {}

    /** The blobs that can be taken now, each as a run of its own. */
    List<Ready> ready() {
        return ready;
    }

    /** The blobs that wait for their groups. */
    Map<GroupName, List<Ready>> groups() {
        return groups;
    }

    /** Notes what a blob is. */
    void consider(String name, ListedBlob blob) {
        if (blob.kind() == Kind.FOLDER && name.equals(EndedBlobs.ARCHIVE) && archives()) {
            return;
        }
        if (blob.kind() == Kind.FOLDER) {
            note(name, blob, null, FileState.IGNORED, "it is a folder of blobs, and only blobs are taken");
            return;
        }
        if (seen.isTaken(name, blob.etag())) {
            seen.stillThere(name);
            return;
        }
        String mismatch = seen.reasonByName(name);
        Map<Verdict, BlobTrigger> verdicts = new EnumMap<>(Verdict.class);
        if (mismatch == null) {
            triggers.forEach(one -> verdicts.putIfAbsent(one.rules().of(name), one));
        }
        Verdict verdict = verdicts.keySet().stream().findFirst().orElse(Verdict.OTHER);
        BlobTrigger trigger = verdicts.get(Verdict.TAKEN);
        if (trigger != null) {
            consider(name, blob, trigger);
        } else if (verdict == Verdict.OTHER) {
            String reason = mismatch != null ? mismatch : skipReason.byName(name);
            seen.keepReason(name, reason);
            note(name, blob, null, FileState.IGNORED, reason);
        } else {
            FileState state = verdict == Verdict.EXCLUDED ? FileState.IGNORED : FileState.SEEN;
            note(name, blob, null, state, verdict.reason());
        }
    }

    private boolean archives() {
        return triggers.stream().anyMatch(trigger -> trigger.container().rules().after() == After.ARCHIVE);
    }

    private void consider(String name, ListedBlob blob, BlobTrigger trigger) {
        String definition = trigger.definition().name();
        String markerName = trigger.rules().markerOf(name);
        ListedBlob marker = markerName == null ? null : byName.get(markerName);
        String wrongSize = trigger.rules().bySize(blob.bytes());
        if (name.chars().anyMatch(Character::isISOControl) || name.contains("\\")) {
            note(
                    name,
                    blob,
                    definition,
                    FileState.IGNORED,
                    "its name has a control character or a backslash: rename it");
        } else if (markerName != null && (marker == null || marker.modified().isBefore(blob.modified()))) {
            // an older marker belongs to an earlier version
            note(name, blob, definition, FileState.SEEN, FileRules.waitsFor(markerName));
        } else if (marker == null && !isSettled(name, blob, trigger)) {
            note(name, blob, definition, FileState.SETTLING, null);
        } else if (wrongSize != null) {
            note(name, blob, definition, FileState.IGNORED, wrongSize);
        } else if (admissionControl.isFull()) {
            waits(name, blob, definition);
        } else {
            ready(new Ready(trigger, name, blob));
        }
    }

    private boolean isSettled(String name, ListedBlob blob, BlobTrigger trigger) {
        return blob.kind() == Kind.BLOCK
                || seen.hasSettled(BlobTrigger.row(name, blob, null, FileState.COMPLETE, null, null))
                || growing.isSettled(name, blob.etag(), trigger.container().settle());
    }

    private void waits(String name, ListedBlob blob, String definition) {
        if (seen.isGrouped(name)) {
            seen.stillThere(name);
        } else {
            note(name, blob, definition, FileState.COMPLETE, admissionControl.waiting());
        }
    }

    private void ready(Ready blob) {
        String definition = blob.trigger().definition().name();
        Group group = blob.trigger().rules().group();
        if (group == null) {
            note(blob.name(), blob.blob(), definition, FileState.COMPLETE, null);
            ready.add(blob);
            return;
        }
        String key = blob.trigger().rules().keyOf(blob.name());
        if (key == null) {
            note(blob.name(), blob.blob(), definition, FileState.IGNORED, GroupRules.hasNoKey(group));
        } else {
            String reason = GroupRules.waits(group, key);
            seen.saw(BlobTrigger.row(blob.name(), blob.blob(), definition, FileState.GROUPED, reason, key));
            groups.computeIfAbsent(new GroupName(definition, key), name -> new ArrayList<>())
                    .add(blob);
        }
    }

    private void note(
            String name, ListedBlob blob, @Nullable String definition, FileState state, @Nullable String reason) {
        seen.saw(BlobTrigger.row(name, blob, definition, state, reason, null));
    }
}
