package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Folders;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.HeldClaims;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecord;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A container under test, in memory: a definition that takes its blobs, and what becomes of them. */
final class ContainerFixture implements StoreBlobs, BlobReader {
    final String name = "d" + UUID.randomUUID().toString().replace("-", "");
    final RunParts rows = DatabaseFixture.shared().node("containers");
    final LyingFiles lyingFiles = new LyingFiles(
            rows.jdbc(), new Transactions(DatabaseFixture.shared().transactions()));
    private final FileRecords records = new FileRecords(rows.jdbc());
    private final JobFolder folder;
    private final Map<String, Blob> blobs = new TreeMap<>();
    private int version;
    volatile @Nullable RemoteException failure;
    volatile @Nullable RemoteException copyFailure;
    /** What happens between the next list and the work with it. */
    volatile Runnable afterList = () -> {};

    final FailingContainers failing = new FailingContainers();

    ContainerFixture(Path folder) {
        this.folder = new JobFolder(folder);
    }

    private record Blob(ListedBlob listed, String content, String copyOf) {}

    /** A definition that takes blobs of store {@code lake} under a prefix of its own, with further keys. */
    ContainerFixture options(String keys) {
        folder.definition(
                name, "hashing", "triggers: { files: [{ container: lake/%s%s }] }\n".formatted(name, keys(keys)));
        return this;
    }

    private static String keys(String keys) {
        return keys.isEmpty() ? "" : ", " + keys;
    }

    /** Writes a new version of a blob; its ETag. */
    synchronized String put(String blob, String content) {
        return put(blob, content, Kind.BLOCK);
    }

    synchronized String put(String blob, String content, Kind kind) {
        String etag = "\"0x" + ++version + "\"";
        long bytes = content.length();
        Instant modified = Instant.parse("2026-03-29T06:00:00Z").plusSeconds(version);
        blobs.put(blob, new Blob(new ListedBlob(name + "/" + blob, kind, etag, bytes, modified), content, ""));
        return etag;
    }

    synchronized void remove(String blob) {
        blobs.remove(blob);
    }

    synchronized Set<String> names() {
        return Set.copyOf(blobs.keySet());
    }

    @Override
    public void list(String store, String prefix, Consumer<ListedBlob> each) {
        RemoteException now = failure;
        if (now != null) {
            throw now;
        }
        synchronized (this) {
            blobs.values().stream()
                    .filter(blob ->
                            blob.listed.path().indexOf('/', prefix.length()) < 0 || blob.listed.kind() == Kind.FOLDER)
                    .forEach(blob -> each.accept(blob.listed));
            if (blobs.keySet().stream().anyMatch(blob -> blob.startsWith("archive/"))) {
                each.accept(new ListedBlob(prefix + "archive/", Kind.FOLDER, "", 0, Instant.EPOCH));
            }
        }
        Runnable then = afterList;
        afterList = () -> {};
        then.run();
    }

    @Override
    public Blobs.Upload upload(String store, String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized boolean copy(String store, String path, String etag, String target) {
        if (copyFailure != null) {
            throw copyFailure;
        }
        String to = target.substring(name.length() + 1);
        Blob there = blobs.get(to);
        if (there != null && !there.copyOf.equals(etag)) {
            throw new RemoteException.Rejected("BlobExists", target);
        }
        Blob from = blobs.values().stream()
                .filter(blob ->
                        blob.listed.path().equals(path) && blob.listed.etag().equals(etag))
                .findFirst()
                .orElse(null);
        if (there == null && from != null) {
            put(to, from.content);
            blobs.computeIfPresent(to, (key, copy) -> new Blob(copy.listed, copy.content, etag));
        }
        return there != null || from != null;
    }

    @Override
    public synchronized boolean delete(String store, String path, String etag) {
        return blobs.values()
                .removeIf(blob ->
                        blob.listed.path().equals(path) && blob.listed.etag().equals(etag));
    }

    @Override
    public synchronized Content open(@Nullable String store, String path, String etag) {
        return blobs.values().stream()
                .filter(blob ->
                        blob.listed.path().equals(path) && blob.listed.etag().equals(etag))
                .map(blob -> new Content(
                        blob.content.length(), new ByteArrayInputStream(blob.content.getBytes(StandardCharsets.UTF_8))))
                .findFirst()
                .orElseThrow(() -> new RemoteException.Changed("replaced"));
    }

    ContainerPoller node() {
        return node(() -> false);
    }

    /** A node that looks after the container, and takes nothing while so much is unfinished. */
    ContainerPoller node(BooleanSupplier full) {
        Definitions definitions = DefinitionLoader.load(
                folder.root().resolve("definitions"),
                Set.of("hashing"),
                new QuartzCronValidator(),
                new Folders(folder.root().resolve("in"), folder.root().resolve("out"), Set.of("lake")));
        BlobLedger ledger = new BlobLedger(rows.jdbc());
        TakenVersions versions = new TakenVersions(rows.jdbc());
        LongSupplier hours = new AtomicLong()::incrementAndGet;
        Heartbeat heartbeat = DatabaseFixture.shared().heartbeat("containers");
        heartbeat.beat(new HeldClaims(List.of()), RunParts.LEASE);
        return new ContainerPoller(
                definitions,
                new ContainerList(this),
                lyingFiles,
                versions,
                new BlobTaker(
                        ledger,
                        new BlobContents(new DuplicateFiles(rows.jdbc()), this),
                        rows.runs(),
                        new BlobRuns(new InputFiles(definitions)),
                        DatabaseFixture.shared().transactions()),
                new EndedBlobs(ledger, versions, rows.reader(), definitions, this),
                heartbeat,
                new AdmissionControl(
                        most -> full.getAsBoolean() ? most : 0,
                        1,
                        () -> Duration.ofHours(hours.getAsLong()).toNanos()),
                failing,
                InstantSource.system());
    }

    /** The rows of all blobs, the newest first. */
    List<FileRecord> ledger() {
        return records
                .list(new FileFilter(DefinitionScope.ALL, null, null, null, null, null), true, null, 1_000_000)
                .stream()
                .filter(file -> file.folder().equals("lake/" + name + "/"))
                .toList();
    }

    List<FileRecord> ledger(String blob) {
        return ledger().stream().filter(file -> file.name().equals(blob)).toList();
    }

    List<RunView> runs() {
        return rows.reader().list(RunFilter.ALL.of(name), 1_000);
    }

    /** Ends the only scoring of a run as failed. */
    void fail(RunView run) {
        rows.moves().apply(List.of(Move.failed(claim(run), "it broke", null)));
    }

    /** Ends the only scoring of a run as finished. */
    void finish(RunView run) {
        Claim claim = claim(run);
        claim = then(Move.staged(claim, Map.of("input1", new StagedInput("in", 1, 1, "ab")), 1, RunParts.LEASE));
        claim = then(Move.answered(claim, UUID.randomUUID()).holding(RunParts.LEASE));
        then(Move.delivered(claim, Map.of("output1", new DeliveredOutput("out", "there", 1, 1, "ab"))));
    }

    Claim claim(RunView run) {
        return rows.claims().claim(Sweep.LAUNCH, "hashing", Integer.MAX_VALUE, 1000, Duration.ZERO).stream()
                .filter(claim -> claim.run() == run.id())
                .findFirst()
                .orElseThrow();
    }

    private Claim then(Move move) {
        return rows.moves().apply(List.of(move)).getFirst();
    }
}
