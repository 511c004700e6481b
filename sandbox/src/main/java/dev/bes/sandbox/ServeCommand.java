package dev.bes.sandbox;

import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.StateTimes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves until Ctrl-C. */
@Command(
        name = "serve",
        description = "Serves until Ctrl-C. Prints the addresses and keys.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ServeCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--managed-port", description = "Port of the managed API; 0 for a free one.")
    private int managedPort = 8090;

    @Option(names = "--direct-port", description = "Port without API Management in front; 0 for a free one.")
    private int directPort = 8091;

    @Option(names = "--blob-port", description = "Port of the Azurite that is started; 0 for a free one.")
    private int blobPort = 10000;

    @Option(
            names = "--tls",
            description = "Serves HTTPS on both ports, with a certificate made at the start; its path is printed.")
    private boolean tls;

    @Option(names = "--data", description = "Folder for blobs and journal.")
    private Path data = Path.of(".local", "sandbox");

    @Option(names = "--journal", description = "The journal's file; journal.jsonl in the data folder by default.")
    private @Nullable Path journal;

    @Option(
            names = "--blob-connection-string",
            description = "Connection string of a blob store; by default Azurite is started.")
    private @Nullable String blobConnectionString;

    @Option(names = "--azurite", description = "Folder of Azurite's package.json; by default it is searched for.")
    private @Nullable Path azurite;

    @Option(
            names = "--service-time",
            arity = "1..2",
            description = "Seconds that a job runs before it scores: one value, or minimum and maximum.")
    private double[] serviceTime = {2, 5};

    @Option(names = "--max-concurrent-jobs", description = "Number of jobs of one endpoint that run at a time.")
    private int maxConcurrentJobs = 40;

    @Option(
            names = "--period-scale",
            description = "Factor on the periods of rate limit and quota; 0.1 is ten times faster.")
    private double periodScale = 1;

    @Option(
            names = "--services",
            description =
                    "YAML file, or folder of YAML files, that declares the services; by default the demo services.")
    private @Nullable Path services;

    @Option(
            names = "--models",
            description =
                    "Folder of a model with its model.yaml, or of such folders: each model becomes a service, too.")
    private @Nullable Path models;

    @Option(
            names = "--state-time-scale",
            description = "Factor on the minutes that a job of a batch endpoint takes; 1 is as the real service.")
    private double stateTimeScale = 0.02;

    @Mixin
    private RrsOptions rrs = new RrsOptions();

    @Option(
            names = "--assume",
            paramLabel = "<question=answer>",
            description = "An answer where no source documents the real service; see docs/assumptions.md.")
    private Map<String, String> assumptions = Map.of();

    @Option(
            names = "--managed-api",
            description =
                    "Folder with openapi.yaml, api.yaml, products.yaml and policies; the sandbox's own by default.")
    private @Nullable Path managedApi;

    @Override
    public Integer call() throws InterruptedException {
        Sandbox sandbox = Sandbox.start(options());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sandbox.close();
            stopped.countDown();
        }));
        Greeting.print(sandbox, out());
        stopped.await();
        return 0;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private SandboxOptions options() {
        SandboxOptions defaults = SandboxOptions.defaults();
        SandboxOptions options = (managedApi == null ? defaults : defaults.withManagedApi(managedApi))
                .withPorts(managedPort, directPort, blobPort)
                .withTls(tls)
                .withData(data)
                .withJournal(journal)
                .withBlobConnectionString(blobConnectionString)
                .withAzurite(azurite)
                .withServiceTime(seconds(serviceTime[0]), seconds(serviceTime[serviceTime.length - 1]))
                .withMaxConcurrentJobs(maxConcurrentJobs)
                .withRrsCapacity(rrs.capacity())
                .withBatchEndpoints(
                        BatchEndpointSettings.DEFAULT.withStateTimes(StateTimes.USUAL.scaled(stateTimeScale)))
                .withAssumptions(Assumptions.SAFE.with(assumptions))
                .withPeriodScale(periodScale);
        SandboxOptions declared = services == null ? options : options.withServices(services);
        return models == null ? declared : declared.withModels(models);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
