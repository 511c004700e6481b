package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobVersions;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.InputSource.StoreBlob;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.Originals;
import dev.bes.orchestrator.run.acceptance.Originals.Original;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.acceptance.RunAcceptance.Accepted;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.ledger.ArchivedFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.ArchivedFiles.MovedBlob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts runs that repeat an ended one: with its definition as it was frozen, its parameters and its files. */
@Component
public class Reruns {
    private final Originals originals;
    private final RequestBlobs blobs;
    private final ArchivedFiles archivedFiles;
    private final BlobVersions versions;
    private final RunAcceptance runAcceptance;
    private final RunReader reader;
    private final AdmissionControl admissionControl;
    private final FileThreads files;

    Reruns(
            Originals originals,
            RequestBlobs blobs,
            ArchivedFiles archivedFiles,
            BlobVersions versions,
            RunAcceptance runAcceptance,
            RunReader reader,
            AdmissionControl admissionControl,
            FileThreads files) {
        this.originals = originals;
        this.blobs = blobs;
        this.archivedFiles = archivedFiles;
        this.versions = versions;
        this.runAcceptance = runAcceptance;
        this.reader = reader;
        this.admissionControl = admissionControl;
        this.files = files;
    }

    /**
     * Accepts a rerun. When it returns, the new run is durable.
     *
     * @param run an ended run
     * @param failed whether only its failed scorings are repeated
     * @param key idempotency key; null makes every request a new run
     * @param sender who sends it, for the history
     * @throws RunRefusedException.NotRepeatable if the run has no such scoring, or a file is no longer there
     * @throws RunRefusedException.QueueFull if too many scorings are unfinished
     * @throws RunRefusedException.KeyReused if the key was used for another request
     * @throws RemoteException if a blob was archived, and its store can't be used
     */
    public Accepted accept(long run, boolean failed, @Nullable String key, String sender) {
        String occurrence = "request:" + (key == null ? UUID.randomUUID() : key);
        String fingerprint = Sha256.of("rerun " + run + (failed ? " failed" : " all"));
        Accepted accepted = isKnown(occurrence)
                ? runAcceptance.existing(null, occurrence)
                : runAcceptance.accept(newRun(run, failed, occurrence, fingerprint, sender));
        if (!fingerprint.equals(accepted.fingerprint())) {
            throw new RunRefusedException.KeyReused(String.valueOf(key), accepted.id());
        }
        return accepted;
    }

    private boolean isKnown(String occurrence) {
        return !reader.occurred(List.of(occurrence)).isEmpty();
    }

    private NewRun newRun(long run, boolean failed, String occurrence, String fingerprint, String sender) {
        Original original = originals
                .find(run)
                .orElseThrow(() -> new RunRefusedException.NotRepeatable("Run %d was purged".formatted(run)));
        if (original.definition().isShadow()) {
            throw new RunRefusedException.NotRepeatable(
                    "Run %d is the shadow of another run. Run that one again".formatted(run));
        }
        List<Map<String, InputSource>> scorings = originals.scorings(run, failed);
        if (scorings.isEmpty()) {
            throw new RunRefusedException.NotRepeatable(
                    "Run %d has no %sscorings".formatted(run, failed ? "failed " : ""));
        }
        if (admissionControl.isFull()) {
            throw new RunRefusedException.QueueFull(admissionControl.limit());
        }
        Map<String, String> archived = archivedFiles.of(run);
        List<Map<String, InputSource>> stored = withBlobs(run, scorings);
        return new NewRun(
                original.definition(),
                TriggerKind.REQUEST,
                occurrence,
                fingerprint,
                original.parameters(),
                original.fireTime(),
                zone(original),
                files.get(
                        Use.REQUEST,
                        "Looking for the files of run " + run,
                        () -> stored.stream()
                                .map(inputs -> present(run, inputs, archived))
                                .toList()),
                Actor.request(sender),
                run,
                null,
                Map.of(),
                null);
    }

    /** The same inputs, with those blobs that were archived since where they are now. */
    private List<Map<String, InputSource>> withBlobs(long run, List<Map<String, InputSource>> scorings) {
        Map<String, MovedBlob> moved = archivedFiles.blobsOf(run);
        if (moved.isEmpty()) {
            return scorings;
        }
        List<Map<String, InputSource>> now = new ArrayList<>();
        for (Map<String, InputSource> inputs : scorings) {
            Map<String, InputSource> present = new LinkedHashMap<>(inputs);
            present.replaceAll((input, source) -> source instanceof StoreBlob blob
                    ? present(run, input, blob, moved.get(blob.store() + "/" + blob.blob()))
                    : source);
            now.add(present);
        }
        return now;
    }

    private StoreBlob present(long run, String input, StoreBlob blob, @Nullable MovedBlob moved) {
        if (moved == null) {
            return blob;
        }
        String archive = moved.path();
        if (archive == null) {
            throw gone(run, input, blob, "was deleted after it was scored ('after: delete')");
        }
        String path = archive.substring(blob.store().length() + 1);
        try {
            return new StoreBlob(blob.store(), path, versions.etag(blob.store(), path), blob.name());
        } catch (RemoteException.NotFound e) {
            throw gone(run, input, blob, "was archived as '" + VisibleText.name(archive) + "', and is no longer there");
        }
    }

    private Map<String, InputSource> present(long run, Map<String, InputSource> inputs, Map<String, String> archived) {
        Map<String, InputSource> present = new LinkedHashMap<>();
        inputs.forEach((name, source) -> present.put(name, present(run, name, source, archived)));
        return present;
    }

    private InputSource present(long run, String input, InputSource source, Map<String, String> archived) {
        boolean kept = switch (source) {
            case InputFile _, StoreBlob _ -> true;
            case InputSource.OwnRow row -> originals.isKept(row.row());
            case InputSource.Folded _ -> throw shared(run);
            case InputSource.OwnBlob blob -> !blob.blob().startsWith(RequestBlobs.PREFIX) || blobs.has(blob.blob());
        };
        if (!kept) {
            throw gone(run, input, source);
        }
        return source instanceof InputFile file ? present(run, input, file, archived) : source;
    }

    private static InputFile present(long run, String input, InputFile file, Map<String, String> archived) {
        String now = archived.get(file.name());
        if (Files.exists(Path.of(file.path()))) {
            return file;
        }
        if (now != null && Files.exists(Path.of(now))) {
            return new InputFile(now, file.name());
        }
        throw gone(run, input, file);
    }

    private static RunRefusedException.NotRepeatable shared(long run) {
        return new RunRefusedException.NotRepeatable(
                "Run %d has a job for files of other runs, and no files of its own. Repeat those runs".formatted(run));
    }

    private static RunRefusedException.NotRepeatable gone(long run, String input, InputSource source) {
        return gone(run, input, source, "is no longer there: it was purged or removed");
    }

    private static RunRefusedException.NotRepeatable gone(long run, String input, InputSource source, String why) {
        return new RunRefusedException.NotRepeatable("Input '%s' (%s) of run %d %s. Send the file with a new request"
                .formatted(input, VisibleText.name(source.name()), run, why));
    }

    /** Templates write times in the zone of the schedule that started the run: {@code schedule:NAME:TIME}. */
    private static ZoneId zone(Original original) {
        String[] parts = original.occurrence().split(":", 3);
        return parts[0].equals("schedule") && parts.length > 1
                ? original.definition()
                        .triggers()
                        .schedule(parts[1])
                        .map(Schedule::zone)
                        .orElse(ZoneOffset.UTC)
                : ZoneOffset.UTC;
    }
}
