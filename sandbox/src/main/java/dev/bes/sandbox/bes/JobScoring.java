package dev.bes.sandbox.bes;

import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.sandbox.bes.Assumptions.ExistingOutput;
import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.BlockOutput;
import dev.bes.sandbox.blob.UnreachableStore;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.model.CsvScoring;
import dev.bes.sandbox.model.HashingModel;
import dev.bes.sandbox.model.ModuleFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Executes a job: reads the input blob, scores it and writes the output blob. */
final class JobScoring {

    private final Blobs blobs;
    private final Journal journal;
    private final RuntimeSettings settings;

    JobScoring(Blobs blobs, Journal journal, RuntimeSettings settings) {
        this.blobs = blobs;
        this.journal = journal;
        this.settings = settings;
    }

    /**
     * Scores the input. Publishing the outputs may throw the same exception.
     *
     * @throws ModuleFailure when the job has failed, with the text for its Details
     */
    ScoredOutputs score(Job job) {
        Stream.of(job.submission().inputs(), job.submission().outputs())
                .flatMap(references -> references.values().stream())
                .forEach(this::checkReach);
        BlobReference output = output(job.submission());
        Map<String, BlobReference> outputs = Map.of(WebService.OUTPUT, output);
        return switch (job.service().behaviour()) {
            case FAILS ->
                throw new ModuleFailure(
                        "Error 1000: AFx Library library exception: the sandbox's service AlwaysFails has failed.");
            case HASHES_FEATURES -> new ScoredOutputs(outputs, hash(job, output));
            case NEVER_WRITES, HANGS ->
                new ScoredOutputs(outputs, () -> {
                    // the output is never written
                });
        };
    }

    private void checkReach(BlobReference reference) {
        reaching(reference, () -> {
            blobs.checkReach(reference);
            return reference;
        });
    }

    private BlobReference output(Submission submission) {
        BlobReference chosen = submission.outputs().get(WebService.OUTPUT);
        return chosen != null
                ? chosen
                : blobs.ownLocation("experimentoutput/" + UUID.randomUUID() + "/" + UUID.randomUUID() + ".csv");
    }

    private Runnable hash(Job job, BlobReference to) {
        BlobReference from = job.submission().inputs().get(WebService.INPUT);
        if (from == null) {
            throw new ModuleFailure("Error 0003: Input \"Dataset\" is null or empty.");
        }
        HashingModel model = HashingModel.of(job.submission().parameters());
        try (InputStream in = reaching(from, () -> blobs.read(from));
                BlockOutput out = reaching(to, () -> blobs.write(to))) {
            long rows = CsvScoring.score(model, in, separator(from), out, separator(to));
            return () -> publish(job, out, rows, to);
        } catch (BlobStorageException e) {
            throw inaccessible(to, reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void publish(Job job, BlockOutput out, long rows, BlobReference to) {
        boolean overwrite = settings.assumptions().existingOutput() == ExistingOutput.OVERWRITTEN;
        String sha256 = reaching(to, () -> out.commit(overwrite));
        journal.append(
                Event.OUTPUT,
                job.id(),
                Map.of("name", WebService.OUTPUT, "path", to.path(), "sha256", sha256, "rows", rows));
    }

    private static char separator(BlobReference reference) {
        return reference.extension().equals(".tsv") ? '\t' : ',';
    }

    private static <T> T reaching(BlobReference reference, Supplier<T> access) {
        try {
            return access.get();
        } catch (BlobStorageException e) {
            throw inaccessible(reference, reason(e));
        } catch (UnreachableStore e) {
            throw inaccessible(reference, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // the message may quote the whole address, token included
            throw inaccessible(reference, e.getClass().getSimpleName());
        }
    }

    private static String reason(BlobStorageException e) {
        boolean redirect = e.getStatusCode() / 100 == 3;
        return "(" + e.getStatusCode() + ") "
                + (redirect ? "a redirect, which the sandbox does not follow" : e.getErrorCode());
    }

    private static ModuleFailure inaccessible(BlobReference reference, String reason) {
        return new ModuleFailure("BlobNotFound: Unable to access the provided Azure blob - " + reference.path()
                + ". Azure error message: " + reason + ".");
    }
}
