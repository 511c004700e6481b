package dev.bes.orchestrator.trigger.arrival;

import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.HeldClaims;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.arrival.ledger.ContentComparison;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drop folders under test: definitions, the folders themselves, and what becomes of the files. */
final class DropFolderFixture {
    /** So that the definitions of each test have names of their own in the rows. */
    final String name = "d" + UUID.randomUUID().toString().replace("-", "");

    final SkippedFiles skippedFiles = new SkippedFiles();
    /** How far the clock that complaints go by is ahead. */
    volatile Duration later = Duration.ZERO;

    final HealthyFolders disk = new HealthyFolders();
    final RunParts rows = DatabaseFixture.shared().node("inbox");
    final LyingFiles lyingFiles = new LyingFiles(
            rows.jdbc(), new Transactions(DatabaseFixture.shared().transactions()));
    final TakenVersions versions = new TakenVersions(rows.jdbc());
    final FileRecords records = new FileRecords(rows.jdbc());
    private final JobFolder folder;

    DropFolderFixture(Path folder) {
        this.folder = new JobFolder(folder);
    }

    /** A definition that takes files from a folder called {@code drop}, and scores again what was changed. */
    DropFolderFixture scoringAgain(String suffix) {
        folder.definition(
                name + suffix,
                "hashing",
                "triggers: { files: [{ folder: drop, settle: 0s, changed: score-again }] }\n");
        return this;
    }

    /** A definition that takes files from a folder called {@code drop}. */
    DropFolderFixture definition(String suffix, String pattern, String settle, String more) {
        folder.definition(name + suffix, "hashing", """
            triggers:
              files:
                - folder: drop
                  pattern: "%s"
                  settle: %s
            %s\
            """.formatted(pattern, settle, more));
        return this;
    }

    /** A definition that takes files from a folder called {@code drop} at once, with further keys of that folder. */
    DropFolderFixture options(String keys) {
        folder.definition(name, "hashing", "triggers: { files: [{ folder: drop, settle: 0s, %s }] }\n".formatted(keys));
        return this;
    }

    /** A definition that takes files from a folder of its own. */
    DropFolderFixture elsewhere(String suffix) {
        return elsewhere(suffix, "drop" + suffix);
    }

    /** A definition that takes files from this folder. */
    DropFolderFixture elsewhere(String suffix, String path) {
        folder.definition(
                name + suffix, "hashing", "triggers:\n  files:\n    - folder: %s\n      settle: 0s\n".formatted(path));
        return this;
    }

    /** A file in the inbox. */
    Path file(String path) {
        return folder.root().resolve("inbox").resolve(path);
    }

    DropFolderFixture write(String path, String content) {
        folder.write("inbox/" + path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A node that looks after the drop folders. */
    DropFolderPoller node() {
        return node(() -> false);
    }

    /** A node that looks after the drop folders, and takes nothing while so much is unended. */
    DropFolderPoller node(BooleanSupplier full) {
        return node(full, () -> {}, () -> {});
    }

    /** A node that dies when it has moved a set of files, before or after it has recorded them. */
    DropFolderPoller mortal(boolean afterTheRecord) {
        Runnable death = () -> {
            throw new AssertionError("kill -9");
        };
        Runnable nothing = () -> {};
        return node(() -> false, afterTheRecord ? nothing : death, afterTheRecord ? death : nothing);
    }

    private DropFolderPoller node(BooleanSupplier full, Runnable before, Runnable after) {
        Definitions definitions = DefinitionLoader.load(
                folder.root().resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        TriggerSettings settings = new TriggerSettings(
                folder.root().resolve("inbox"),
                folder.root().resolve("upload-temp"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1);
        Transactions transactions = new Transactions(DatabaseFixture.shared().transactions());
        DroppedFileLedger ledger = new DroppedFileLedger(rows.jdbc());
        ContentComparison comparison = new ContentComparison(new DuplicateFiles(rows.jdbc()));
        InputFiles inputFiles = new InputFiles(definitions);
        ProcessingFolder work = new ProcessingFolder(settings);
        FileRuns runs = new FileRuns(ledger, comparison, rows.runs(), inputFiles, transactions) {
            @Override
            List<Moved> record(List<Moved> files, LogOnce logOnce) {
                before.run();
                List<Moved> recorded = super.record(files, logOnce);
                after.run();
                return recorded;
            }
        };
        FileGroups groups = new FileGroups(transactions, rows.runs(), inputFiles, comparison, ledger, runs);
        ArchiveFolders archive = new ArchiveFolders(definitions, settings);
        LongSupplier hours = new AtomicLong()::incrementAndGet;
        AdmissionControl admissionControl = new AdmissionControl(
                most -> full.getAsBoolean() ? most : 0,
                1,
                () -> Duration.ofHours(hours.getAsLong()).toNanos());
        Heartbeat heartbeat = DatabaseFixture.shared().heartbeat("inbox");
        heartbeat.beat(new HeldClaims(List.of()), RunParts.LEASE);
        return new DropFolderPoller(
                definitions,
                lyingFiles,
                versions,
                new FileTaker(ledger, work, lyingFiles, runs, groups),
                new AbandonedFileRecovery(ledger, work, runs, groups),
                new FileArchiver(ledger, runs, archive, rows.reader(), definitions, disk),
                skippedFiles,
                heartbeat,
                admissionControl,
                disk,
                disk.work,
                settings,
                () -> Instant.now().plus(later));
    }

    /** Looks until so many runs of a definition are there. */
    List<RunView> runsAfterLooking(DropFolderPoller node, String suffix, int count) {
        return await().pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            node.scan();
                            return runs(suffix);
                        },
                        runs -> runs.size() == count);
    }

    /** The rows of all entries of all folders of this inbox. */
    List<FileRecord> ledger() {
        return records
                .list(new FileFilter(DefinitionScope.ALL, null, null, null, null, null), true, null, 1_000_000)
                .stream()
                .filter(file -> file.folder().startsWith(file("").toString()))
                .toList();
    }

    /** The rows of all files that are found by a name. */
    List<FileRecord> named(String file) {
        return records.list(new FileFilter(DefinitionScope.ALL, null, null, file, null, null), true, null, 100);
    }

    /** The rows of the entries of that name. */
    List<FileRecord> ledger(String entry) {
        return ledger().stream().filter(file -> file.name().equals(entry)).toList();
    }

    List<RunView> runs(String suffix) {
        return rows.reader().list(RunFilter.ALL.of(name + suffix), 100);
    }

    /** How many runs of a definition there are. */
    long count(String suffix) {
        return rows.jdbc()
                .sql("SELECT count(*) FROM run WHERE definition = ?")
                .param(name + suffix)
                .query(Long.class)
                .single();
    }

    /** The names of what lies under a folder of the inbox; a folder ends in a slash. */
    List<String> files(String path) {
        try (Stream<Path> files = Files.walk(file(path))) {
            return files.skip(1)
                    .map(f -> file(path).relativize(f) + (Files.isDirectory(f) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that a node took half a minute ago for one of the definitions, and has not made a run of. */
    Path take(String suffix, UUID id, String file) throws IOException {
        rows.jdbc()
                .sql("INSERT INTO dropped_file (id, definition, folder, name, bytes, location, path, taken_at)"
                        + " VALUES (?, ?, ?, ?, 0, 'taking', ?, clock_timestamp() - interval '31 s')")
                .params(
                        id,
                        name + suffix,
                        file("drop").toString(),
                        file,
                        file(".processing/" + id + "/" + file).toString())
                .update();
        return plant(".processing/" + id + "/" + file);
    }

    /** A file that somebody puts where taken files lie, long ago; its folder. */
    Path plant(String path) throws IOException {
        Path folder = write(path, "text\na\n").file(path).getParent();
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(31)));
        return folder;
    }

    /** What this node says of a file that it does not take; null if it says nothing. */
    @Nullable
    String left(String name) {
        return skippedFiles.files().stream()
                .filter(left -> left.name().equals(name) && left.folder().startsWith(file("").toString()))
                .map(SkippedFiles.SkippedFile::reason)
                .findFirst()
                .orElse(null);
    }

    /** The folder in which a file lies that was taken. */
    Path folderOf(String taken) {
        try (Stream<Path> files = Files.walk(file(".processing"))) {
            return files.filter(file -> file.endsWith(taken))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the only scoring of a run as failed. */
    void fail(RunView run) {
        rows.moves().apply(List.of(Move.failed(claim(run), "it broke", null)));
    }

    private Claim claim(RunView run) {
        return rows.claims().claim(Sweep.LAUNCH, "hashing", Integer.MAX_VALUE, 1000, Duration.ZERO).stream()
                .filter(c -> c.run() == run.id())
                .findFirst()
                .orElseThrow();
    }

    /** Sees a run through whose file is staged as it is now; what befalls the file then befalls it before the end. */
    void finish(RunView run, Runnable meanwhile) throws IOException {
        Claim claim = claim(run);
        InputFile input = (InputFile) claim.inputs().values().iterator().next();
        byte[] file = Files.readAllBytes(Path.of(input.path()));
        StagedInput staged = new StagedInput("in", 1, file.length, Sha256.of(file));
        claim = then(Move.staged(claim, Map.of("input1", staged), 1, RunParts.LEASE));
        meanwhile.run();
        claim = then(Move.answered(claim, UUID.randomUUID()).holding(RunParts.LEASE));
        then(Move.delivered(claim, Map.of("output1", new DeliveredOutput("out", "there", 1, 1, "ab"))));
    }

    private Claim then(Move move) {
        return rows.moves().apply(List.of(move)).getFirst();
    }
}
