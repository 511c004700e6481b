package dev.bes.orchestrator.pipeline.compare;

import dev.bes.orchestrator.csv.CsvRecords;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.shadow.Comparison;
import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import dev.bes.orchestrator.run.shadow.ShadowOutputs;
import dev.bes.orchestrator.run.shadow.ShadowOutputs.Delivered;
import dev.bes.orchestrator.run.shadow.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares the outputs of a shadow, once they are there, with those that were delivered. Both are read from our container. */
@Component
public class ShadowComparer {
    private final BlobReader blobs;
    private final ShadowOutputs shadowOutputs;

    public ShadowComparer(BlobReader blobs, ShadowOutputs shadowOutputs) {
        this.blobs = blobs;
        this.shadowOutputs = shadowOutputs;
    }

    /**
     * Compares and keeps what was found.
     *
     * @return what was found, in a sentence for the history
     * @throws InvalidCsvException if an output of the shadow is not valid
     * @throws RemoteException.NotFound if an output of the shadow is not there yet
     * @throws RemoteException if the store can't be used now
     * @throws IOException if an output can't be read now
     */
    public String compare(Claim claim) throws InvalidCsvException, IOException {
        Optional<Delivered> delivered = shadowOutputs.deliveredOf(claim.run());
        if (delivered.isEmpty()) {
            return "The run that it was to be compared with was purged";
        }
        Comparison found = compare(claim, delivered.get());
        shadowOutputs.keep(claim.run(), found);
        return "Compared with scoring %d of run %d: %s"
                .formatted(
                        delivered.get().position(),
                        delivered.get().run(),
                        found.verdict().word());
    }

    private Comparison compare(Claim claim, Delivered delivered) throws InvalidCsvException, IOException {
        List<OutputDifference> differences = new ArrayList<>();
        try {
            for (Map.Entry<String, Output> output : claim.definition().outputs().entrySet()) {
                differences.add(compare(claim, output.getKey(), output.getValue(), delivered));
            }
        } catch (NotComparableException e) {
            return Comparison.impossible(String.valueOf(e.getMessage()));
        }
        boolean differs = differences.stream().anyMatch(OutputDifference::differs);
        return new Comparison(differs ? Verdict.DIFFERS : Verdict.SAME, null, differences);
    }

    private OutputDifference compare(Claim claim, String name, Output output, Delivered delivered)
            throws NotComparableException, InvalidCsvException, IOException {
        String path =
                BlobPaths.output(claim, Objects.requireNonNull(claim.known().nonce()), name);
        try (CsvRecords shadow = new CsvRecords(blobs.open(null, path, null).stream());
                CsvRecords mine = open(name, delivered)) {
            return OutputFiles.compare(
                    name, output, Objects.requireNonNull(claim.definition().shadow()), mine, shadow);
        }
    }

    private CsvRecords open(String name, Delivered delivered) throws NotComparableException, IOException {
        DeliveredOutput output = delivered.outputs().get(name);
        try {
            if (output != null) {
                InputStream blob = blobs.open(null, output.blob(), null).stream();
                return new CsvRecords(delivered.part() == null ? blob : new PartStream(blob, delivered.part()));
            }
        } catch (RemoteException.NotFound e) {
            throw new NotComparableException("The output '%s' that was delivered is no longer in our container: %s"
                    .formatted(name, e.getMessage()));
        }
        throw new NotComparableException("No output '%s' was delivered".formatted(name));
    }
}
