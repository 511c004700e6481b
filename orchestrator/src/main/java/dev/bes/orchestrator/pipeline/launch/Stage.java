package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.SharedFolderMissingException;
import dev.bes.orchestrator.pipeline.input.InputOpener;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.fold.FoldMembers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks and uploads the inputs of a scoring. A blob becomes visible only when its whole file is valid. */
@Component
public class Stage {
    private final InputUpload upload;
    private final FoldStage foldStage;
    private final RetryPolicy retryPolicy;
    private final PipelineSettings settings;

    public Stage(
            Blobs blobs,
            RetryPolicy retryPolicy,
            InputOpener opener,
            FileThreads files,
            FoldMembers folds,
            ConcurrentCalls calls,
            RecentBlobs recent,
            PipelineSettings settings) {
        this.upload = new InputUpload(blobs, opener, files, recent);
        this.foldStage = new FoldStage(folds, upload, blobs, calls, retryPolicy, settings);
        this.retryPolicy = retryPolicy;
        this.settings = settings;
    }

    public Outcome stage(Claim claim) {
        if (claim.scoringState().step() != Step.PLANNED) {
            return new Outcome.Unchanged(claim);
        }
        if (claim.isCarrier()) {
            return foldStage.stage(claim);
        }
        try {
            Map<String, StagedInput> staged = new LinkedHashMap<>();
            for (Map.Entry<String, InputSource> input : claim.inputs().entrySet()) {
                String blob = BlobPaths.input(claim, UUID.randomUUID(), input.getKey());
                staged.put(input.getKey(), upload.upload(claim, input.getKey(), input.getValue(), blob));
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
}
