package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.csv.CsvCheck;
import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.csv.CsvRules;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.input.InputOpener;
import dev.bes.orchestrator.pipeline.input.OpenInput;
import dev.bes.orchestrator.pipeline.input.UnusableInputException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Checks an input while it is uploaded. The blob becomes visible only when the whole file is valid. */
final class InputUpload {
    private final Blobs blobs;
    private final InputOpener opener;
    private final FileThreads files;
    private final RecentBlobs recent;

    InputUpload(Blobs blobs, InputOpener opener, FileThreads files, RecentBlobs recent) {
        this.blobs = blobs;
        this.opener = opener;
        this.files = files;
        this.recent = recent;
    }

    /**
     * Uploads an input to a path that nobody else writes.
     *
     * @param claim whose definition and parameters say what a valid input is
     * @throws InvalidCsvException if the input is invalid, or can't be read and waiting does not change that
     * @throws IOException if it can't be read for now
     * @throws RemoteException if a store can't be used now
     */
    StagedInput upload(Claim claim, String name, InputSource source, String blob)
            throws InvalidCsvException, IOException {
        Input input = Objects.requireNonNull(claim.definition().inputs().get(name));
        try (Blobs.Upload upload = blobs.upload(blob)) {
            CsvRules rules = CsvRules.input(input.columns(), claim.parameters());
            Csv csv = opener.read(
                    source,
                    opened -> check(opened, rules, block -> {
                        if (block.length == opened.size()) {
                            recent.add(claim, blob, block);
                        }
                        return files.away(() -> upload.add(block));
                    }));
            String etag = upload.commit(csv.sha256());
            return new StagedInput(blob, csv.rows(), csv.bytes(), csv.sha256(), etag);
        } catch (InvalidCsvException | UnusableInputException e) {
            throw new InvalidCsvException("Input '%s' (%s) %s".formatted(name, source.name(), e.getMessage()));
        }
    }

    /** Checks the whole file while its blocks go onward. */
    private Csv check(OpenInput input, CsvRules rules, UnaryOperator<byte[]> onward)
            throws InvalidCsvException, IOException {
        Csv csv = CsvCheck.read(input.stream(), input.size(), rules, onward);
        if (csv.rows() == 0) {
            throw new InvalidCsvException("has a header but no rows");
        }
        if (csv.bytes() != input.size() || !input.isUnchanged()) {
            throw new InvalidCsvException("was changed while it was read");
        }
        return csv;
    }
}
