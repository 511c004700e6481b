package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.csv.CsvOutput;
import dev.bes.orchestrator.csv.CsvRules;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.NotSeenException;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.track.NextAttempt;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Move.DeliveredOutput;
import dev.bes.orchestrator.text.DurationWords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings the outputs of a finished job home, from our own path with our own credential, and checks them. */
@Component
public class Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);

    private final Blobs blobs;
    private final OutputDelivery outputDelivery;
    private final RetryPolicy retryPolicy;
    private final NextAttempt nextAttempt;
    private final FileThreads files;
    private final SharedFolders folders;
    private final PipelineSettings settings;

    public Fetch(
            Blobs blobs,
            OutputDelivery outputDelivery,
            RetryPolicy retryPolicy,
            NextAttempt nextAttempt,
            FileThreads files,
            SharedFolders folders,
            PipelineSettings settings) {
        this.blobs = blobs;
        this.outputDelivery = outputDelivery;
        this.retryPolicy = retryPolicy;
        this.nextAttempt = nextAttempt;
        this.files = files;
        this.folders = folders;
        this.settings = settings;
    }

    public Outcome process(Claim claim) {
        Map<String, OutputDelivery.Incoming> incoming = new LinkedHashMap<>();
        try {
            Map<String, DeliveredOutput> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, Output> output : claim.definition().outputs().entrySet()) {
                OutputDelivery.Incoming file = open(claim, output.getKey());
                incoming.put(output.getKey(), file);
                outputs.put(output.getKey(), fetch(claim, output.getKey(), output.getValue(), file));
            }
            Map<String, Path> places = deliver(claim, incoming);
            return Outcome.move(Move.delivered(claim, at(places, outputs), note(places, incoming)));
        } catch (OutputDelivery.NoPlaceException e) {
            return Outcome.move(Move.parked(claim, Attention.CANNOT_DELIVER, undeliverable(claim, e)));
        } catch (InvalidCsvException e) {
            return nextAttempt.orFail(claim, String.valueOf(e.getMessage()), null);
        } catch (RemoteException.NotFound e) {
            return missing(claim, e);
        } catch (NotSeenException e) {
            return e.leftToOthers(claim);
        } catch (IOException e) {
            return later(claim, FileErrorMessage.words(e, "written"));
        } catch (RemoteException e) {
            return later(claim, e.getMessage());
        } finally {
            discard(claim, incoming.values());
        }
    }

    private OutputDelivery.Incoming open(Claim claim, String output) throws IOException {
        return files.call(Use.DELIVERY, "Opening a file in " + claim.delivery() + what(claim), () -> {
            seeRoot();
            return outputDelivery.open(claim, output);
        });
    }

    private Map<String, Path> deliver(Claim claim, Map<String, OutputDelivery.Incoming> incoming) throws IOException {
        return files.call(Use.DELIVERY, "Delivering into " + claim.delivery() + what(claim), () -> {
            seeRoot();
            Map<String, Path> places = outputDelivery.deliver(claim, incoming);
            // once more: the mount may have gone in between, and what was written then is seen by nobody
            seeRoot();
            return places;
        });
    }

    /** What lies where a network mount was is not where its users look. */
    private void seeRoot() throws NotSeenException {
        if (!folders.isThere(SharedFolder.DELIVERY_ROOT)) {
            throw new NotSeenException(SharedFolder.DELIVERY_ROOT);
        }
    }

    private void discard(Claim claim, Collection<OutputDelivery.Incoming> incoming) {
        if (incoming.isEmpty()) {
            return;
        }
        try {
            files.call(Use.DELIVERY, "Clearing up in " + claim.delivery() + what(claim), () -> {
                outputDelivery.discard(incoming);
                return true;
            });
        } catch (IOException e) {
            LOG.warn("Temporary files could not be removed: {}", e.getMessage());
        }
    }

    private static String what(Claim claim) {
        return " for scoring %d of run %d".formatted(claim.place(), claim.run());
    }

    private Outcome later(Claim claim, @Nullable String why) {
        return Outcome.later(claim, retryPolicy.afterTrouble(claim), "Fetching waits: " + why);
    }

    private String undeliverable(Claim claim, OutputDelivery.NoPlaceException e) {
        return ("The outputs are scored and can't be delivered: %s. Waiting does not mend that. Make room for the folder '%s' under"
                        + " orchestrator.pipeline.delivery-root (%s) and resume; or mend delivery.folder in the definition,"
                        + " cancel this run and run it anew, which is paid again")
                .formatted(e.getMessage(), claim.delivery(), settings.deliveryRoot());
    }

    private static Map<String, DeliveredOutput> at(Map<String, Path> places, Map<String, DeliveredOutput> outputs) {
        Map<String, DeliveredOutput> placed = new LinkedHashMap<>();
        outputs.forEach((name, output) -> placed.put(
                name, output.at(Objects.requireNonNull(places.get(name)).toString())));
        return placed;
    }

    /** What somebody needs to know who looks for a file under its usual name; null if all have theirs. */
    private static @Nullable String note(Map<String, Path> places, Map<String, OutputDelivery.Incoming> wanted) {
        String note = wanted.entrySet().stream()
                .filter(file -> !file.getValue().place().equals(places.get(file.getKey())))
                .map(file -> "Output '%s' is delivered as '%s': another file lies at '%s', and nothing is ever replaced"
                        .formatted(
                                file.getKey(),
                                Objects.requireNonNull(places.get(file.getKey()))
                                        .getFileName(),
                                file.getValue().place()))
                .collect(Collectors.joining("; "));
        return note.isEmpty() ? null : note;
    }

    /** Checked on its way to the disk, from the first byte whenever it is sent anew: nobody reads it again. */
    private DeliveredOutput fetch(Claim claim, String name, Output output, OutputDelivery.Incoming incoming)
            throws InvalidCsvException, IOException {
        UUID nonce = Objects.requireNonNull(claim.known().nonce());
        String blob = BlobPaths.output(claim, nonce, name);
        AtomicReference<CsvOutput> arriving = new AtomicReference<>();
        blobs.fetch(blob, () -> {
            arriving.set(new CsvOutput(create(incoming.path()), CsvRules.output(output.columns())));
            return arriving.get();
        });
        Csv csv = checked(claim, name, output, arriving.get());
        return new DeliveredOutput(blob, incoming.place().toString(), csv.rows(), csv.bytes(), csv.sha256());
    }

    private OutputStream create(Path path) throws IOException {
        return files.output(
                Use.DELIVERY,
                "Writing " + path,
                () -> Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private static Csv checked(Claim claim, String name, Output output, CsvOutput arrived) throws InvalidCsvException {
        String subject = "Output '" + name + "' ";
        Csv csv;
        try {
            csv = arrived.csv();
        } catch (InvalidCsvException e) {
            throw new InvalidCsvException(subject + e.getMessage());
        }
        if (output.rows() == Output.Rows.SAME && csv.rows() != claim.known().rowsIn()) {
            throw new InvalidCsvException("%shas %,d rows for %,d rows of input; it is not delivered"
                    .formatted(subject, csv.rows(), claim.known().rowsIn()));
        }
        return csv;
    }

    private Outcome missing(Claim claim, RemoteException.NotFound e) {
        Duration since = claim.known().sinceScored();
        if (since != null && since.compareTo(settings.outputWait()) > 0) {
            return nextAttempt.orFail(
                    claim,
                    "The remote job finished, but its output never appeared within %s: %s"
                            .formatted(DurationWords.of(settings.outputWait()), e.getMessage()),
                    null);
        }
        return Outcome.later(claim, retryPolicy.afterTrouble(claim), "The output is not there yet: " + e.getMessage());
    }
}
