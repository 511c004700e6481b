package dev.bes.benchmarks.part;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.HttpRequests;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.measure.Spread;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** Rows that the sandbox scores with a real model: by the scorer alone, and by a job of the Batch Execution Service. */
public final class ModelScoring implements BenchmarkPart {

    private static final String MODEL = "strike-damage";
    private static final double LEAST = 200_000;
    private static final int WARM_UP = 3;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String[] ROWS = {
        "Small,Approach,140,Day", "Large,Climb,210,Dusk", "Medium,Take-off run,,Night", "Medium,Landing Roll,90,Dawn"
    };

    /**
     * What one round was measured at, in rows per second.
     *
     * @param scorer of one thread, from CSV to CSV in memory
     * @param job from the start of a job until it has finished
     * @param core of CPU that the sandbox used for the job
     */
    private record Figures(double scorer, double job, double core) {}

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String title() {
        return "A real model in the sandbox";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize size, Progress progress) {
        byte[] csv = csv(size.scoredRows());
        List<Figures> rounds = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults()
                .withData(folder.root().resolve("sandbox"))
                .withAzurite(folder.project().resolve("sandbox/azurite"))
                .withModels(folder.project().resolve("models/target/models")))) {
            BlobContainerClient container = new BlobServiceClientBuilder()
                    .connectionString(sandbox.blobConnectionString())
                    .buildClient()
                    .createBlobContainer("models");
            container.getBlobClient("in.csv").upload(BinaryData.fromBytes(csv));
            for (int round = 1; round <= WARM_UP + size.rounds(); round++) {
                progress.begin(round <= WARM_UP ? "warming up" : "round %d".formatted(round - WARM_UP));
                Figures figures = round(sandbox, csv, size.scoredRows(), round);
                if (round > WARM_UP) {
                    rounds.add(figures);
                }
            }
        }
        return section(rounds, size.scoredRows());
    }

    private static Figures round(Sandbox sandbox, byte[] csv, int rows, int round) {
        WebService service = sandbox.service(MODEL);
        long start = System.nanoTime();
        score(service, csv);
        double scorer = (System.nanoTime() - start) / 1e9;
        String job = submit(sandbox, service, "models/out-" + round + ".csv");
        Duration before = cpu();
        start = System.nanoTime();
        HttpRequests.body(call(sandbox, service, job + "/start").POST(BodyPublishers.noBody()));
        Awaitility.await()
                .atMost(LONGEST)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isFinished(HttpRequests.body(call(sandbox, service, job))));
        double elapsed = (System.nanoTime() - start) / 1e9;
        return new Figures(
                rows / scorer, rows / elapsed, rows / (cpu().minus(before).toNanos() / 1e9));
    }

    private static void score(WebService service, byte[] csv) {
        try (RowReader in = DataFormat.CSV.reader(new ByteArrayInputStream(csv));
                RowWriter out = DataFormat.CSV.writer(OutputStream.nullOutputStream(), "")) {
            service.model()
                    .score(
                            service.settings(Map.of(), true),
                            List.of(service.inputs().getFirst().typed(in)),
                            List.of(out));
        }
    }

    private static String submit(Sandbox sandbox, WebService service, String output) {
        String connection = sandbox.blobConnectionString();
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "Inputs",
                        Map.of("input1", Map.of("ConnectionString", connection, "RelativeLocation", "models/in.csv")),
                        "Outputs",
                        Map.of("output1", Map.of("ConnectionString", connection, "RelativeLocation", output))));
        return "/"
                + HttpRequests.body(call(sandbox, service, "").POST(BodyPublishers.ofString(body)))
                        .replace("\"", "");
    }

    private static HttpRequest.Builder call(Sandbox sandbox, WebService service, String path) {
        return HttpRequests.request(sandbox.directUrl() + service.path() + "/jobs" + path + "?api-version=2.0")
                .header("Authorization", "Bearer " + service.apiKey());
    }

    private static boolean isFinished(String status) {
        if (status.contains("\"Failed\"")) {
            throw new BenchmarkFailure("The job has failed: " + status);
        }
        return status.contains("\"Finished\"");
    }

    private static Duration cpu() {
        return ProcessStatistics.cpu(ProcessHandle.current().pid());
    }

    private static byte[] csv(int rows) {
        StringBuilder csv =
                new StringBuilder("Record ID,Wildlife Size,Phase of flight,Speed IAS in knots,Time of day\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i).append(',').append(ROWS[i % ROWS.length]).append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ReportSection section(List<Figures> rounds, int rows) {
        Spread core = Spread.of(rounds, Figures::core);
        String figure = String.format(Locale.ROOT, "a file of %,d rows, model %s", rows, MODEL);
        return new ReportSection(
                title(),
                List.of(
                        List.of("rows per second", figure),
                        List.of(
                                "scorer, one thread, CSV to CSV in memory",
                                Spread.of(rounds, Figures::scorer).text(0)),
                        List.of(
                                "BES job, from its start until it has finished",
                                Spread.of(rounds, Figures::job).text(0)),
                        List.of("BES job, per second of CPU of the sandbox", core.text(0))),
                List.of(Goal.of(
                        "BES, rows per second of one core",
                        "at least 200,000",
                        "%,.0f",
                        core.median(),
                        core.median() >= LEAST)),
                List.of("the blob store (Azurite) is another process; its CPU does not count"),
                List.of(),
                rounds);
    }
}
