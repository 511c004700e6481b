package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.csv.CsvCheck;
import dev.bes.orchestrator.csv.CsvCheck.Csv;
import dev.bes.orchestrator.csv.CsvRules;
import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SharedFolderMissingException;
import dev.bes.orchestrator.pipeline.input.InputOpener;
import dev.bes.orchestrator.pipeline.input.OpenInput;
import dev.bes.orchestrator.pipeline.input.UnusableInputException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks and uploads the inputs of a scoring. A blob becomes visible only when its whole file is valid. */
@Component
public class Stage {
    private final Blobs blobs;
    private final RetryPolicy retryPolicy;
    private final InputOpener opener;
    private final FileThreads files;
    private final PipelineSettings settings;

    public Stage(
            Blobs blobs, RetryPolicy retryPolicy, InputOpener opener, FileThreads files, PipelineSettings settings) {
        this.blobs = blobs;
        this.retryPolicy = retryPolicy;
        this.opener = opener;
        this.files = files;
        this.settings = settings;
    }

    public Outcome stage(Claim claim) {
        if (claim.scoringState().step() != Step.PLANNED) {
            return new Outcome.Unchanged(claim);
        }
        try {
            Map<String, StagedInput> staged = new LinkedHashMap<>();
            for (Map.Entry<String, InputSource> input : claim.inputs().entrySet()) {
                staged.put(input.getKey(), stage(claim, input.getKey(), input.getValue()));
            }
            long rowsIn = staged.values().iterator().next().rows();
            return Outcome.move(Move.staged(claim, staged, rowsIn, settings.lease()));
        } catch (InvalidCsvException | RemoteException.Rejected e) {
            return Outcome.move(Move.failed(claim, String.valueOf(e.getMessage()), null));
        } catch (SharedFolderMissingException e) {
            return e.defer(claim);
        } catch (IOException e) {
            return later(claim, FileErrorMessage.of(e, "read"));
        } catch (RemoteException e) {
            return later(claim, e.getMessage());
        }
    }

    private Outcome later(Claim claim, @Nullable String message) {
        return Outcome.deferred(claim, retryPolicy.callDelay(claim), "Staging is retried later: " + message);
    }

    private StagedInput stage(Claim claim, String name, InputSource source) throws InvalidCsvException, IOException {
        Input input = Objects.requireNonNull(claim.definition().inputs().get(name));
        String blob = BlobPaths.input(claim, UUID.randomUUID(), name);
        try (Blobs.Upload upload = blobs.upload(blob)) {
            CsvRules rules = CsvRules.input(input.columns(), claim.parameters());
            Csv csv = opener.read(source, opened -> check(opened, rules, upload));
            String etag = upload.commit(csv.sha256());
            return new StagedInput(blob, csv.rows(), csv.bytes(), csv.sha256(), etag);
        } catch (InvalidCsvException | UnusableInputException e) {
            throw new InvalidCsvException("Input '%s' (%s) %s".formatted(name, source.name(), e.getMessage()));
        }
    }

    /** Uploads the whole file; the blob is not committed yet. */
    private Csv check(OpenInput input, CsvRules rules, Blobs.Upload upload) throws InvalidCsvException, IOException {
        Csv csv = CsvCheck.read(input.stream(), input.size(), rules, block -> files.away(() -> upload.add(block)));
        if (csv.rows() == 0) {
            throw new InvalidCsvException("has a header but no rows");
        }
        if (csv.bytes() != input.size() || !input.isUnchanged()) {
            throw new InvalidCsvException("was changed while it was read");
        }
        return csv;
    }
}
