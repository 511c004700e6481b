package dev.bes.sandbox.bes;

import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.model.Settings;
import dev.bes.sandbox.scoring.BlobAccess;
import dev.bes.sandbox.scoring.JobData;
import dev.bes.sandbox.settings.JobAnswer.ExistingOutput;
import dev.bes.sandbox.settings.JobAnswer.NumberWords;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Executes a job: reads the input blobs, runs the model and writes the output blobs. */
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
        Map<String, BlobReference> outputs = outputs(job);
        return switch (job.service().behaviour()) {
            case FAILS ->
                throw new ModuleFailure("Error 1000: AFx Library library exception: the sandbox's service "
                        + job.service().name() + " has failed.");
            case SCORES -> new ScoredOutputs(outputs, run(job, outputs));
            case NEVER_WRITES, HANGS ->
                new ScoredOutputs(outputs, () -> {
                    // the output is never written
                });
        };
    }

    private void checkReach(BlobReference reference) {
        BlobAccess.reaching(reference, () -> {
            blobs.checkReach(reference);
            return reference;
        });
    }

    private Map<String, BlobReference> outputs(Job job) {
        Map<String, BlobReference> outputs = new LinkedHashMap<>();
        for (String name : job.service().outputs()) {
            BlobReference chosen = job.submission().outputs().get(name);
            outputs.put(name, chosen == null ? randomPlace() : chosen);
        }
        return outputs;
    }

    private BlobReference randomPlace() {
        return blobs.ownLocation("experimentoutput/" + UUID.randomUUID() + "/" + UUID.randomUUID() + ".csv");
    }

    private Runnable run(Job job, Map<String, BlobReference> outputs) {
        WebService service = job.service();
        boolean numbersAsIs = settings.assumptions().has(NumberWords.OWN_VALUE);
        Settings values = service.settings(job.submission().parameters(), numbersAsIs);
        try (JobData data = new JobData()) {
            service.inputs().forEach(input -> read(job, input, data));
            outputs.forEach((name, to) -> data.write(name, to, BlobAccess.reaching(to, () -> blobs.write(to))));
            service.model().score(values, data.inputs(), data.writers());
            return () -> publish(job, data.outputs());
        } catch (InvalidDataset e) {
            throw ModuleFailure.of(e);
        } catch (BlobStorageException e) {
            throw BlobAccess.refused(outputs.values().iterator().next(), e);
        }
    }

    private void read(Job job, Input input, JobData data) {
        BlobReference from = job.submission().inputs().get(input.name());
        if (from == null) {
            throw new ModuleFailure("Error 0003: Input \"" + input.name() + "\" is null or empty.");
        }
        data.read(input, from, BlobAccess.reaching(from, () -> blobs.read(from)));
    }

    private void publish(Job job, List<JobData.Written> outputs) {
        boolean overwrite = settings.assumptions().has(ExistingOutput.OVERWRITTEN);
        for (JobData.Written output : outputs) {
            String sha256 =
                    BlobAccess.reaching(output.place(), () -> output.blob().commit(overwrite));
            String path = output.place().path();
            long rows = output.rows().rows();
            journal.append(
                    Event.OUTPUT,
                    job.id(),
                    Map.of("name", output.name(), "path", path, "sha256", sha256, "rows", rows));
        }
    }
}
