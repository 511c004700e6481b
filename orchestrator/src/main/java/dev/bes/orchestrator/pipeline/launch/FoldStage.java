package dev.bes.orchestrator.pipeline.launch;

import dev.bes.orchestrator.csv.InvalidCsvException;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.pipeline.BlobPaths;
import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.MemberOutcome;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.fold.FoldMembers;
import dev.bes.orchestrator.run.fold.FoldMembers.Unstaged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks and uploads the inputs of scorings that share a job into one folder. A bad input fails its scoring alone. Who has no room in
 * the job, or can't be read now, is free to share another one.
 */
final class FoldStage {
    private static final int AT_ONCE = 64;

    private final FoldMembers folds;
    private final InputUpload upload;
    private final Blobs blobs;
    private final ConcurrentCalls calls;
    private final RetryPolicy retryPolicy;
    private final PipelineSettings settings;

    FoldStage(
            FoldMembers folds,
            InputUpload upload,
            Blobs blobs,
            ConcurrentCalls calls,
            RetryPolicy retryPolicy,
            PipelineSettings settings) {
        this.folds = folds;
        this.upload = upload;
        this.blobs = blobs;
        this.calls = calls;
        this.retryPolicy = retryPolicy;
        this.settings = settings;
    }

    Outcome stage(Claim carrier) {
        String folder = BlobPaths.inputFolder(carrier, UUID.randomUUID());
        List<Unstaged> members = folds.close(carrier);
        Job job = new Job(Objects.requireNonNull(carrier.definition().fold()));
        try {
            for (int from = 0; from < members.size() && !job.full; from += AT_ONCE) {
                List<Unstaged> some = members.subList(from, Math.min(members.size(), from + AT_ONCE));
                job.add(calls.map(carrier.endpoint(), some, member -> stage(carrier, folder, member)));
            }
            job.surplus.forEach(blobs::delete);
        } catch (RemoteException e) {
            return later(carrier, e.getMessage());
        }
        if (job.rows > 0) {
            String input = carrier.inputs().keySet().iterator().next();
            StagedInput all = new StagedInput(folder, job.rows, job.bytes, "");
            return Outcome.move(Move.staged(carrier, Map.of(input, all), job.rows, job.outcomes, settings.lease()));
        }
        String wait = job.waiting();
        return wait != null
                ? later(carrier, wait)
                : Outcome.move(Move.empty(carrier, job.outcomes, "No scoring is left that could share its job"));
    }

    private Outcome later(Claim carrier, @Nullable String message) {
        return Outcome.deferred(carrier, retryPolicy.callDelay(carrier), "Staging is retried later: " + message);
    }

    private MemberOutcome stage(Claim carrier, String folder, Unstaged member) {
        Map.Entry<String, InputSource> input =
                member.inputs().entrySet().iterator().next();
        String blob = folder + BlobPaths.inputName(member.scoring());
        try {
            return MemberOutcome.staged(
                    member.scoring(), upload.upload(carrier, input.getKey(), input.getValue(), blob));
        } catch (InvalidCsvException | RemoteException.Rejected e) {
            return MemberOutcome.failed(member.scoring(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return leaving(member, FileErrorMessage.of(e, "read"));
        } catch (RemoteException e) {
            return leaving(member, String.valueOf(e.getMessage()));
        }
    }

    private static MemberOutcome leaving(Unstaged member, String message) {
        return MemberOutcome.leaving(member.scoring(), "Staging is retried later: " + message);
    }

    /** What is in the job so far. */
    private static final class Job {
        private final Definition.Fold rule;
        private final List<MemberOutcome> outcomes = new ArrayList<>();
        private final List<String> surplus = new ArrayList<>();
        private long rows;
        private long bytes;
        private boolean full;

        Job(Definition.Fold rule) {
            this.rule = rule;
        }

        void add(List<MemberOutcome> some) {
            some.forEach(this::add);
        }

        private void add(MemberOutcome outcome) {
            StagedInput staged = outcome.staged();
            if (staged == null) {
                outcomes.add(outcome);
                return;
            }
            full = full || (rows > 0 && rows + staged.rows() > rule.rows());
            if (full) {
                surplus.add(staged.blob());
                outcomes.add(MemberOutcome.leaving(outcome.scoring(), null));
            } else {
                rows += staged.rows();
                bytes += staged.bytes();
                outcomes.add(outcome);
            }
        }

        /** Why some wait; null if none does. */
        @Nullable
        String waiting() {
            for (MemberOutcome outcome : outcomes) {
                if (outcome.leaves() && outcome.cause() != null) {
                    return outcome.cause();
                }
            }
            return null;
        }
    }
}
