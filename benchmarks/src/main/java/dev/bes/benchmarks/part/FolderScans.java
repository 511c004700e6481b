package dev.bes.benchmarks.part;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.ListBlobsOptions;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.measure.Spread;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.workload.BenchmarkSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Scans of a drop folder and of a container whose entries are at rest. Half of them wait, and half match no pattern. */
public final class FolderScans implements BenchmarkPart {

    private static final String FILES = "resting-files";
    private static final String BLOBS = "resting-blobs";
    private static final String CONTAINER = "lake";
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final String HEAP = "256m";
    private static final double MOST_SECONDS = 2;
    private static final int PROBES = 5;
    private static final int UPLOADS = 16;

    /**
     * Scans of one place.
     *
     * @param seconds until each of some new entries had its row
     * @param peakMb most memory resident
     */
    private record Scans(List<Double> seconds, double peakMb) {
        private double longest() {
            return Collections.max(seconds);
        }

        private Goal goal(String entries) {
            return Goal.of(
                    "a scan of %s at rest".formatted(entries),
                    "under 2 s",
                    "noted after %.2f s at most",
                    longest(),
                    longest() < MOST_SECONDS);
        }
    }

    /**
     * What was measured.
     *
     * @param entries how many files, and how many blobs
     * @param bare seconds of a list of the same container by the Azure SDK, without anything else
     */
    private record Figures(int entries, Scans files, Scans blobs, double bare) {}

    @Override
    public String name() {
        return "scans";
    }

    @Override
    public String title() {
        return "Scans of a drop folder and of a container at rest, on one node with -Xmx" + HEAP;
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize size, Progress progress) throws IOException {
        int entries = size.resting();
        Path inbox = Files.createDirectories(folder.own(FILES).resolve("inbox").resolve(FILES));
        progress.begin("writing %,d files".formatted(entries));
        for (int i = 0; i < entries; i++) {
            write(inbox.resolve(entry(i)));
        }
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO))) {
            BlobContainerClient container = upload(remote.address().connectionString(), entries, progress);
            // one after the other: they would take the processors from each other
            Path definition = define(folder, FILES, "folder: " + FILES);
            Scans files = measure(folder, FILES, remote, entries, name -> write(inbox.resolve(name)), progress);
            Files.delete(definition);
            define(folder, BLOBS, "container: lake/in");
            Scans blobs = measure(folder, BLOBS, remote, entries, name -> write(container, name), progress);
            progress.begin("listing the container");
            double bare = bare(container);
            progress.print(
                    "a new file has its row after %.2f s, a new blob after %.2f s; the list of blobs alone takes %.2f s"
                            .formatted(files.longest(), blobs.longest(), bare));
            return section(new Figures(entries, files, blobs, bare));
        }
    }

    private static Path define(BenchmarkFolder folder, String name, String place) throws IOException {
        return Files.writeString(folder.definitions().resolve(name + ".yaml"), """
                name: %s
                endpoint: stub
                inputs:
                  input1:
                    columns: [id, species]
                outputs:
                  output1:
                    rows: same
                triggers:
                  files:
                    - %s
                      pattern: "*.csv"
                      done-marker: "{name}.done"
                """.formatted(name, place));
    }

    private static String entry(int number) {
        return "e" + number + (number % 2 == 0 ? ".csv" : ".txt");
    }

    private static BlobContainerClient upload(String store, int entries, Progress progress) {
        BlobContainerClient container = new BlobServiceClientBuilder()
                .connectionString(store)
                .buildClient()
                .createBlobContainerIfNotExists(CONTAINER);
        progress.begin("writing %,d blobs".formatted(entries));
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, UPLOADS)
                .mapToObj(thread -> Thread.ofVirtual().start(() -> {
                    for (int i = next.getAndIncrement(); i < entries; i = next.getAndIncrement()) {
                        write(container, entry(i));
                        if (i % 1_000 == 0) {
                            progress.show(i, entries);
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            awaitEnd(thread);
        }
        return container;
    }

    private static void awaitEnd(Thread thread) {
        Awaitility.await().atMost(LONGEST).until(() -> !thread.isAlive());
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(BlobContainerClient container, String name) {
        container.getBlobClient("in/" + name).upload(BinaryData.fromString(""));
    }

    /** Scans of one place by a node that has nothing else to do. */
    private static Scans measure(
            BenchmarkFolder folder,
            String place,
            StubProcess remote,
            int entries,
            Consumer<String> write,
            Progress progress) {
        Map<String, Object> settings = Map.of(
                "orchestrator.blobs.stores.lake.connection-string",
                remote.address().connectionString(),
                "orchestrator.blobs.stores.lake.container",
                CONTAINER,
                "orchestrator.trigger.scan-interval",
                "1ms",
                "orchestrator.trigger.container-interval",
                "1ms");
        try (BenchmarkDatabase database = BenchmarkDatabase.start(folder, place);
                BenchmarkNode node = new BenchmarkNode(place, HEAP, folder, remote, database, settings)) {
            node.awaitReady();
            progress.begin(place + ": until every one has its row");
            Awaitility.await()
                    .atMost(LONGEST)
                    .pollInSameThread()
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> database.number("SELECT count(*) FROM dropped_file") >= entries);
            progress.begin(place + ": scanning");
            List<Double> seconds = probe(database, write);
            return new Scans(seconds, ProcessStatistics.peakMemory(List.of(node.pid())) / 1e6);
        }
    }

    /** The seconds until each of some new entries has its row: the rest of the scan that is under way, and a whole one. */
    private static List<Double> probe(BenchmarkDatabase database, Consumer<String> write) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            String name = "new-" + i + ".txt";
            write.accept(name);
            long start = System.nanoTime();
            Awaitility.await()
                    .atMost(LONGEST)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> database.number("SELECT count(*) FROM dropped_file WHERE name = '" + name + "'") > 0);
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return seconds;
    }

    /** The seconds of the fastest of some lists, while the node lists, too. */
    private static double bare(BlobContainerClient container) {
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < PROBES; round++) {
            long start = System.nanoTime();
            long listed = container.listBlobsByHierarchy("/", new ListBlobsOptions().setPrefix("in/"), null).stream()
                    .count();
            if (listed == 0) {
                throw new IllegalStateException("The container is empty");
            }
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return Collections.min(seconds);
    }

    private ReportSection section(Figures figures) {
        String many = "%,d".formatted(figures.entries);
        return new ReportSection(
                title(),
                List.of(
                        List.of("", many + " files", many + " blobs"),
                        List.of("a new one has its row after, s", spread(figures.files), spread(figures.blobs)),
                        List.of("the list alone, by the Azure SDK, s", "", text(2, figures.bare)),
                        List.of("peak memory, MB", text(0, figures.files.peakMb), text(0, figures.blobs.peakMb))),
                List.of(figures.files.goal(many + " files"), figures.blobs.goal(many + " blobs")),
                List.of(
                        "half wait for a done-marker, half match no pattern; the blob store is the stub on the same processors",
                        "without a pause between scans: a new entry waits for the rest of one scan and for the next one, so"
                                + " that the longest of these times is at most twice that of a scan"),
                List.of(),
                figures);
    }

    private static String spread(Scans scans) {
        return Spread.of(scans.seconds, it -> it).text(2);
    }

    private static String text(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
