package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.files.FileTrouble;
import dev.bes.orchestrator.pipeline.csv.CsvCheck;
import dev.bes.orchestrator.pipeline.csv.CsvCheck.Csv;
import dev.bes.orchestrator.pipeline.csv.CsvFault;
import dev.bes.orchestrator.remote.Blobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Move.DeliveredOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.stereotype.Component;

/** Brings the outputs of a finished job home, from our own path with our own credential, and checks them. */
@Component
class Fetch implements ItemProcessor<Claim, Outcome> {
    private final Blobs blobs;
    private final Delivery delivery;
    private final Waits waits;
    private final NextAttempt nextAttempt;
    private final PipelineSettings settings;

    Fetch(Blobs blobs, Delivery delivery, Waits waits, NextAttempt nextAttempt, PipelineSettings settings) {
        this.blobs = blobs;
        this.delivery = delivery;
        this.waits = waits;
        this.nextAttempt = nextAttempt;
        this.settings = settings;
    }

    @Override
    public Outcome process(Claim claim) {
        Map<String, Delivery.Incoming> incoming = new LinkedHashMap<>();
        try {
            Map<String, DeliveredOutput> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, Output> output : claim.definition().outputs().entrySet()) {
                Delivery.Incoming file = delivery.open(claim, output.getKey());
                incoming.put(output.getKey(), file);
                outputs.put(output.getKey(), fetch(claim, output.getKey(), output.getValue(), file));
            }
            Map<String, Path> places = delivery.deliver(claim, incoming);
            return Outcome.move(Move.delivered(claim, at(places, outputs), note(places, incoming)));
        } catch (Delivery.NoPlaceException e) {
            return Outcome.move(Move.parked(claim, Attention.CANNOT_DELIVER, undeliverable(claim, e)));
        } catch (CsvFault e) {
            return nextAttempt.orFail(claim, String.valueOf(e.getMessage()), null);
        } catch (RemoteException.NotFound e) {
            return missing(claim, e);
        } catch (IOException e) {
            return later(claim, FileTrouble.words(e, "written"));
        } catch (RemoteException e) {
            return later(claim, e.getMessage());
        } finally {
            delivery.discard(incoming.values());
        }
    }

    private Outcome later(Claim claim, @Nullable String why) {
        return Outcome.later(claim, waits.afterTrouble(claim), "Fetching waits: " + why);
    }

    private String undeliverable(Claim claim, Delivery.NoPlaceException e) {
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
    private static @Nullable String note(Map<String, Path> places, Map<String, Delivery.Incoming> wanted) {
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

    private DeliveredOutput fetch(Claim claim, String name, Output output, Delivery.Incoming incoming)
            throws CsvFault, IOException {
        UUID nonce = Objects.requireNonNull(claim.known().nonce());
        String blob = BlobPaths.output(claim, nonce, name);
        Blobs.Fetched fetched = blobs.fetch(blob, incoming.path());
        Csv csv = check(claim, name, output, incoming.path());
        if (!csv.sha256().equals(fetched.sha256())) {
            throw new IOException("the file on disk is not what was fetched; is the disk full?");
        }
        return new DeliveredOutput(blob, incoming.place().toString(), csv.rows(), csv.bytes(), csv.sha256());
    }

    private static Csv check(Claim claim, String name, Output output, Path file) throws CsvFault, IOException {
        String subject = "Output '" + name + "' ";
        Csv csv;
        try {
            csv = CsvCheck.read(file, output.columns());
        } catch (CsvFault e) {
            throw new CsvFault(subject + e.getMessage());
        }
        if (output.rows() == Output.Rows.SAME && csv.rows() != claim.known().rowsIn()) {
            throw new CsvFault("%shas %,d rows for %,d rows of input; it is not delivered"
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
                            .formatted(settings.outputWait(), e.getMessage()),
                    null);
        }
        return Outcome.later(claim, waits.afterTrouble(claim), "The output is not there yet: " + e.getMessage());
    }
}
