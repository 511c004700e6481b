package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.pipeline.CsvCheck.Csv;
import dev.bes.orchestrator.remote.Blobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.stereotype.Component;

/** Checks the inputs of a scoring and uploads them: whatever is wrong with a file is found before anything is paid. */
@Component
class Stage implements ItemProcessor<Claim, Outcome> {
    private final Blobs blobs;
    private final Waits waits;
    private final PipelineSettings settings;

    Stage(Blobs blobs, Waits waits, PipelineSettings settings) {
        this.blobs = blobs;
        this.waits = waits;
        this.settings = settings;
    }

    @Override
    public Outcome process(Claim claim) {
        if (claim.position().step() != Step.PLANNED) {
            return new Outcome.Ready(claim);
        }
        try {
            Map<String, StagedInput> staged = new LinkedHashMap<>();
            for (Map.Entry<String, InputFile> input : claim.inputs().entrySet()) {
                staged.put(input.getKey(), stage(claim, input.getKey(), input.getValue()));
            }
            long rowsIn = staged.values().iterator().next().rows();
            return Outcome.move(Move.staged(claim, staged, rowsIn, settings.lease()));
        } catch (CsvFault | RemoteException.Rejected e) {
            return Outcome.move(Move.failed(claim, String.valueOf(e.getMessage()), null));
        } catch (IOException | RemoteException e) {
            return Outcome.later(claim, waits.afterTrouble(claim), "Staging waits: " + e.getMessage());
        }
    }

    private StagedInput stage(Claim claim, String name, InputFile file) throws CsvFault, IOException {
        Path path = Path.of(file.path());
        String subject = "Input '" + name + "' (" + file.name() + ") ";
        Csv csv = check(
                path,
                subject,
                Objects.requireNonNull(claim.definition().inputs().get(name)));
        String blob = BlobPaths.input(claim, name, csv.sha256());
        blobs.stage(blob, path, csv.sha256());
        return new StagedInput(blob, csv.rows(), csv.bytes(), csv.sha256());
    }

    private static Csv check(Path path, String subject, Input input) throws CsvFault, IOException {
        try {
            Csv csv = CsvCheck.read(path, input.columns());
            if (csv.rows() == 0) {
                throw new CsvFault("has a header but no rows");
            }
            return csv;
        } catch (NoSuchFileException e) {
            throw new CsvFault(subject + "is no longer there: " + e.getMessage());
        } catch (CsvFault e) {
            throw new CsvFault(subject + e.getMessage());
        }
    }
}
