package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.definition.Input;
import dev.bes.orchestrator.files.FileTrouble;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.node.FileThreads;
import dev.bes.orchestrator.node.FileThreads.Use;
import dev.bes.orchestrator.node.SharedFolder;
import dev.bes.orchestrator.node.SharedFolders;
import dev.bes.orchestrator.pipeline.csv.CsvCheck;
import dev.bes.orchestrator.pipeline.csv.CsvCheck.Csv;
import dev.bes.orchestrator.pipeline.csv.CsvFault;
import dev.bes.orchestrator.pipeline.csv.CsvRules;
import dev.bes.orchestrator.remote.Blobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.stereotype.Component;

/** Checks the inputs of a scoring on their way up: of a bad file nothing is ever to be seen, and nothing is paid for it. */
@Component
class Stage implements ItemProcessor<Claim, Outcome> {
    private final Blobs blobs;
    private final Waits waits;
    private final FileThreads files;
    private final SharedFolders folders;
    private final PipelineSettings settings;

    Stage(Blobs blobs, Waits waits, FileThreads files, SharedFolders folders, PipelineSettings settings) {
        this.blobs = blobs;
        this.waits = waits;
        this.files = files;
        this.folders = folders;
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
        } catch (NotSeenException e) {
            return e.leftToOthers(claim);
        } catch (IOException e) {
            return later(claim, FileTrouble.words(e, "read"));
        } catch (RemoteException e) {
            return later(claim, e.getMessage());
        }
    }

    private Outcome later(Claim claim, @Nullable String why) {
        return Outcome.later(claim, waits.afterTrouble(claim), "Staging waits: " + why);
    }

    private StagedInput stage(Claim claim, String name, InputFile file) throws CsvFault, IOException {
        Input input = Objects.requireNonNull(claim.definition().inputs().get(name));
        String blob = BlobPaths.input(claim, UUID.randomUUID(), name);
        try (Blobs.Upload upload = blobs.upload(blob)) {
            Path path = Path.of(file.path());
            CsvRules rules = CsvRules.input(input.columns(), claim.parameters());
            Csv csv = files.call(Use.STAGING, "Reading " + path, () -> check(path, rules, upload));
            upload.commit(csv.sha256());
            return new StagedInput(blob, csv.rows(), csv.bytes(), csv.sha256());
        } catch (NoSuchFileException e) {
            throw new CsvFault(
                    subject(name, file) + "is no longer there: " + e.getMessage() + where(Path.of(file.path())));
        } catch (NotRegularFileException e) {
            throw new CsvFault(subject(name, file) + e.getReason());
        } catch (CsvFault e) {
            throw new CsvFault(subject(name, file) + e.getMessage());
        } catch (IOException e) {
            if (FileTrouble.lasts(e)) {
                throw new CsvFault(subject(name, file) + "can't be read: " + FileTrouble.words(e, "read"));
            }
            throw e;
        }
    }

    /** Only where the folder is proven to be there a file that is not found is gone. */
    private String where(Path path) throws IOException {
        SharedFolder folder = folders.of(path).orElse(null);
        if (folder != null && !files.call(Use.STAGING, "Looking for " + path, () -> folders.isThere(folder))) {
            throw new NotSeenException(folder);
        }
        return folder == null ? "" : ", in the folder of " + folder.setting();
    }

    /** All of it is on its way up when this returns, but nothing of it can be seen yet. */
    private Csv check(Path file, CsvRules rules, Blobs.Upload upload) throws CsvFault, IOException {
        Version before = Version.of(file);
        Csv csv = CsvCheck.read(file, rules, block -> files.away(() -> upload.add(block)));
        if (csv.rows() == 0) {
            throw new CsvFault("has a header but no rows");
        }
        if (csv.bytes() != before.size() || !Version.of(file).equals(before)) {
            throw new CsvFault("was changed while it was read");
        }
        return csv;
    }

    private static String subject(String name, InputFile file) {
        return "Input '" + name + "' (" + file.name() + ") ";
    }

    /** What tells a file that is written to from the same file before. */
    private record Version(String file, long size, FileTime changed) {

        static Version of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
        }
    }
}
