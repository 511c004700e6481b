package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.csv.CsvOutput;
import dev.bes.orchestrator.csv.CsvRules;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SharedFolderMissingException;
import dev.bes.orchestrator.pipeline.compare.ShadowComparer;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.fold.FoldMembers;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Downloads the outputs of a finished job from our blob container, checks and delivers them. Those of a shadow are compared instead. */
@Component
public class Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);

    private final AnswerBlobs answers;
    private final Unfold unfold;
    private final OutputDelivery outputDelivery;
    private final ContainerDelivery containerDelivery;
    private final StreamedDelivery streamedDelivery;
    private final ShadowComparer shadowComparer;
    private final RetryPolicy retryPolicy;
    private final FileThreads files;
    private final SharedFolders folders;
    private final PipelineSettings settings;

    public Fetch(
            Blobs blobs,
            RecentBlobs recent,
            OutputDelivery outputDelivery,
            ContainerDelivery containerDelivery,
            StreamedDelivery streamedDelivery,
            ShadowComparer shadowComparer,
            RetryPolicy retryPolicy,
            FileThreads files,
            SharedFolders folders,
            FoldMembers folds,
            PipelineSettings settings) {
        this.answers = new AnswerBlobs(blobs, recent);
        this.unfold = new Unfold(blobs, folds);
        this.outputDelivery = outputDelivery;
        this.containerDelivery = containerDelivery;
        this.streamedDelivery = streamedDelivery;
        this.shadowComparer = shadowComparer;
        this.retryPolicy = retryPolicy;
        this.files = files;
        this.folders = folders;
        this.settings = settings;
    }

    public Outcome fetch(Claim claim) {
        Map<String, OutputDelivery.TemporaryFile> incoming = new LinkedHashMap<>();
        try {
            if (claim.definition().isShadow()) {
                return Outcome.move(Move.delivered(claim, Map.of(), shadowComparer.compare(claim)));
            }
            if (claim.isCarrier()) {
                return Outcome.move(unfold.unfold(claim));
            }
            Delivery.Container alone = claim.definition().delivery().containerAlone();
            if (alone != null) {
                Map<String, DeliveredOutput> streamed = streamedDelivery.deliver(claim, alone);
                return Outcome.move(Move.delivered(claim, streamed, note(streamed)));
            }
            Map<String, DeliveredOutput> outputs = new LinkedHashMap<>();
            for (String output : claim.definition().outputs().keySet()) {
                OutputDelivery.TemporaryFile file = open(claim, output);
                incoming.put(output, file);
                outputs.put(output, fetch(claim, output, claim.definition().delivered(output), file));
            }
            Map<String, String> blobs = containerDelivery.deliver(claim, incoming, outputs);
            Map<String, Path> paths = deliver(claim, incoming);
            String note = note(paths, incoming, blobs);
            // they are where they belong
            incoming.clear();
            return Outcome.move(Move.delivered(claim, at(paths, outputs), note));
        } catch (OutputDelivery.UndeliverableException e) {
            return Outcome.move(Move.needsAttention(claim, Attention.CANNOT_DELIVER, undeliverable(claim, e)));
        } catch (InvalidCsvException e) {
            return retryPolicy.nextAttemptOrFail(claim, String.valueOf(e.getMessage()), null);
        } catch (RemoteException.NotFound e) {
            return missing(claim, e);
        } catch (SharedFolderMissingException e) {
            return e.defer(claim);
        } catch (IOException e) {
            return later(claim, FileErrorMessage.of(e, "written"));
        } catch (RemoteException e) {
            return later(claim, e.getMessage());
        } finally {
            discard(claim, incoming.values());
        }
    }

    private OutputDelivery.TemporaryFile open(Claim claim, String output) throws IOException {
        return files.call(Use.DELIVERY, "Opening a file in " + claim.delivery() + what(claim), () -> {
            requireRoot();
            return outputDelivery.open(claim, output);
        });
    }

    private Map<String, Path> deliver(Claim claim, Map<String, OutputDelivery.TemporaryFile> incoming)
            throws IOException {
        return files.call(Use.DELIVERY, "Delivering into " + claim.delivery() + what(claim), () -> {
            requireRoot();
            Map<String, Path> paths = outputDelivery.deliver(claim, incoming);
            // again: the mount may have been lost meanwhile, and the files would be hidden under it
            requireRoot();
            return paths;
        });
    }

    /** Without its network mount, files would be written to the local folder below it. */
    private void requireRoot() throws SharedFolderMissingException {
        if (!folders.isThere(SharedFolder.DELIVERY_ROOT)) {
            throw new SharedFolderMissingException(SharedFolder.DELIVERY_ROOT);
        }
    }

    private void discard(Claim claim, Collection<OutputDelivery.TemporaryFile> incoming) {
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
        return " for scoring %d of run %d".formatted(claim.position(), claim.run());
    }

    private Outcome later(Claim claim, @Nullable String message) {
        return Outcome.deferred(claim, retryPolicy.callDelay(claim), "Fetching is retried later: " + message);
    }

    private String undeliverable(Claim claim, OutputDelivery.UndeliverableException e) {
        return ("The outputs are scored and can't be delivered: %s. Waiting does not help. Make it possible to create the folder '%s'"
                        + " under orchestrator.pipeline.delivery-root (%s) and resume. Or correct delivery.folder in the"
                        + " definition, cancel this run and start it again, which is charged again")
                .formatted(e.getMessage(), claim.delivery(), settings.deliveryRoot());
    }

    private static Map<String, DeliveredOutput> at(Map<String, Path> paths, Map<String, DeliveredOutput> outputs) {
        Map<String, DeliveredOutput> located = new LinkedHashMap<>();
        outputs.forEach((name, output) -> located.put(
                name, output.at(Objects.requireNonNull(paths.get(name)).toString())));
        return located;
    }

    private static String note(Map<String, DeliveredOutput> streamed) {
        return streamed.entrySet().stream()
                .map(output -> "Output '%s' is in '%s'"
                        .formatted(output.getKey(), output.getValue().file()))
                .collect(Collectors.joining("; "));
    }

    /** Names the outputs that are not delivered under their usual name, and the blobs; null if there are none. */
    private static @Nullable String note(
            Map<String, Path> paths, Map<String, OutputDelivery.TemporaryFile> wanted, Map<String, String> blobs) {
        String put = blobs.entrySet().stream()
                .map(blob -> "Output '%s' is also in '%s'".formatted(blob.getKey(), blob.getValue()))
                .collect(Collectors.joining("; "));
        String note = wanted.entrySet().stream()
                .filter(file -> !file.getValue().target().equals(paths.get(file.getKey())))
                .map(file ->
                        "Output '%s' is delivered as '%s': another file exists at '%s', and files are never replaced"
                                .formatted(
                                        file.getKey(),
                                        Objects.requireNonNull(paths.get(file.getKey()))
                                                .getFileName(),
                                        file.getValue().target()))
                .collect(Collectors.joining("; "));
        String all = Stream.of(note, put).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }

    /** Checks the file while it is written, and starts over if the download is repeated. It is read only once. */
    private DeliveredOutput fetch(Claim claim, String name, Output output, OutputDelivery.TemporaryFile incoming)
            throws InvalidCsvException, IOException {
        AtomicReference<CsvOutput> writing = new AtomicReference<>();
        answers.fetch(claim, name, () -> {
            CsvOutput file = checking(create(incoming.path()), output);
            writing.set(file);
            return file;
        });
        Csv csv = checked(claim, name, output, writing.get());
        return new DeliveredOutput(
                AnswerBlobs.path(claim, name), incoming.target().toString(), csv.rows(), csv.bytes(), csv.sha256());
    }

    /** A stream that checks an output while it passes; it gets its header if it comes without one. */
    static CsvOutput checking(OutputStream target, Output output) throws IOException {
        CsvOutput file = new CsvOutput(target, CsvRules.output(output.columns()));
        if (output.header() == Header.ABSENT) {
            file.writeHeader(output.columns());
        }
        return file;
    }

    private OutputStream create(Path path) {
        return files.output(
                Use.DELIVERY,
                "Writing " + path,
                () -> Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** The facts of an output that was written, if it is what the definition says. */
    static Csv checked(Claim claim, String name, Output output, CsvOutput written) throws InvalidCsvException {
        String subject = "Output '" + name + "' ";
        Csv csv;
        try {
            csv = written.csv();
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
            return retryPolicy.nextAttemptOrFail(
                    claim,
                    "The remote job finished, but its output did not appear within %s: %s"
                            .formatted(DurationWords.of(settings.outputWait()), e.getMessage()),
                    null);
        }
        return Outcome.deferred(claim, retryPolicy.callDelay(claim), "The output is not there yet: " + e.getMessage());
    }
}
