package dev.bes.sandbox.batchendpoints.job;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowWriter;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.model.Settings;
import dev.bes.sandbox.scoring.BlobAccess;
import dev.bes.sandbox.scoring.JobData;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model of a job, called once for each file. */
final class FileModel {

    private final Blobs blobs;
    private final JobSpec spec;
    private final Settings values;
    private final boolean collects;
    private String lastFailure = "";

    /** @param collects whether the rows of a file are appended only when all of them are scored: one bad file leaves none */
    FileModel(Blobs blobs, JobSpec spec, Settings values, boolean collects) {
        this.blobs = blobs;
        this.spec = spec;
        this.values = values;
        this.collects = collects;
    }

    /**
     * Scores a file; whether it could be scored.
     *
     * @param dropped how many of its first rows are left out
     * @throws ModuleFailure when it cannot be opened, which fails the job
     */
    boolean score(BlobReference file, int dropped, Predictions predictions) {
        InputStream in = BlobAccess.reaching(file, () -> blobs.read(file));
        List<List<@Nullable String>> rows = new ArrayList<>();
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        FileRows writer = new FileRows(spec.style(), name, dropped, collects ? rows::add : predictions::append);
        try (JobData data = new JobData()) {
            data.read(spec.service().inputs().getFirst(), file, in);
            spec.service().model().score(values, data.inputs(), outputs(writer));
        } catch (InvalidDataset | ModuleFailure e) {
            lastFailure = String.valueOf(e.getMessage());
            return false;
        }
        rows.forEach(predictions::append);
        return true;
    }

    /** Why the last file that could not be scored was bad. */
    String lastFailure() {
        return lastFailure;
    }

    private List<RowWriter> outputs(FileRows first) {
        List<RowWriter> outputs = new ArrayList<>();
        outputs.add(first);
        while (outputs.size() < spec.service().outputs().size()) {
            outputs.add(IgnoredRows.INSTANCE);
        }
        return outputs;
    }
}
