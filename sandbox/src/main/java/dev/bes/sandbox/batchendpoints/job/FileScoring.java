package dev.bes.sandbox.batchendpoints.job;

import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.BlockOutput;
import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.catalogue.Parameters;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.model.Settings;
import dev.bes.sandbox.problem.Rejection;
import dev.bes.sandbox.scoring.BlobAccess;
import dev.bes.sandbox.settings.EndpointAnswer.FileOrder;
import dev.bes.sandbox.settings.JobAnswer.NumberWords;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.node.MissingNode;

/**
 * Scores the files of a job one by one, and appends their rows to one file. Sources: "deploy models in batch endpoints" (work is
 * split by file, nested folders are not explored) and "troubleshoot batch endpoints" for what fails a job.
 */
final class FileScoring {

    private final Blobs blobs;
    private final Datastores datastores;
    private final RuntimeSettings settings;

    FileScoring(Blobs blobs, Datastores datastores, RuntimeSettings settings) {
        this.blobs = blobs;
        this.datastores = datastores;
        this.settings = settings;
    }

    /**
     * A file that is written and not visible yet.
     *
     * @param rows number of its rows
     */
    record Written(BlockOutput blob, long rows) {}

    /**
     * Scores the input; empty if the service never writes.
     *
     * @throws ModuleFailure when the job has failed
     */
    Optional<Written> score(EndpointJob job) {
        WebService service = job.spec().service();
        if (service.behaviour() == Behaviour.FAILS) {
            throw new ModuleFailure("The sandbox's service " + service.name() + " has failed.");
        }
        List<BlobReference> files = files(job);
        if (service.behaviour() != Behaviour.SCORES) {
            return Optional.empty();
        }
        BlobReference to = job.output();
        BlockOutput out = BlobAccess.reaching(to, () -> blobs.write(to));
        Predictions predictions = new Predictions(job.spec().style(), out);
        try (predictions) {
            score(job.spec(), files, predictions);
        } catch (BlobStorageException e) {
            throw BlobAccess.refused(to, e);
        }
        return Optional.of(new Written(out, predictions.rows()));
    }

    private List<BlobReference> files(EndpointJob job) {
        JobSpec.Data input = job.spec().input();
        List<BlobReference> files = new ArrayList<>(BlobAccess.reaching(
                input.place(),
                () -> input.isFolder() ? datastores.containers().files(input.place()) : List.of(input.place())));
        if (files.isEmpty()) {
            throw new ModuleFailure("Dataset initialization failed: the source has no data.");
        }
        if (files.stream().anyMatch(file -> DataFormat.of(file.extension()).isEmpty())) {
            throw new ModuleFailure("ValueError: No objects to concatenate. A file is of an unsupported type.");
        }
        if (settings.assumptions().has(FileOrder.ANY)) {
            Collections.shuffle(files, new Random(job.name().hashCode()));
        }
        return files;
    }

    /** The lost rows are the first ones of the files, spread over all of them. */
    private void score(JobSpec spec, List<BlobReference> files, Predictions predictions) {
        FileModel model = new FileModel(blobs, spec, values(spec.service()), files.size() > 1);
        int lost = settings.batchEndpoints().lostRows();
        int failed = 0;
        int bad = 0;
        for (int i = 0; i < files.size(); i++) {
            int left = files.size() - i;
            int dropped = (lost + left - 1) / left;
            lost -= dropped;
            boolean scored = model.score(files.get(i), dropped, predictions);
            failed += scored && dropped == 0 ? 0 : 1;
            bad += scored ? 0 : 1;
        }
        if (bad == files.size()) {
            throw new ModuleFailure("No succeeded mini batch item returned from run(). " + model.lastFailure());
        }
        if (spec.errorThreshold() >= 0 && failed > spec.errorThreshold()) {
            throw new ModuleFailure(
                    "%d files have failed, more than the error threshold %d.".formatted(failed, spec.errorThreshold()));
        }
    }

    /** A batch endpoint takes no parameters: those of the service have their defaults. */
    private Settings values(WebService service) {
        try {
            return service.settings(
                    Parameters.read(service, MissingNode.getInstance()),
                    settings.assumptions().has(NumberWords.OWN_VALUE));
        } catch (Rejection e) {
            throw new ModuleFailure("A parameter of " + service.name() + " has no default.");
        }
    }
}
