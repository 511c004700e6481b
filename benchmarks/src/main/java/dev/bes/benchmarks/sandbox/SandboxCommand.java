package dev.bes.benchmarks.sandbox;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.analytics.CallCounts;
import dev.bes.sandbox.analytics.CountedCall;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.settings.RrsCapacity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs a sandbox as a process: prints its address, and ends when its standard input ends. */
@Command(name = "sandbox", hidden = true, description = "A sandbox.", mixinStandardHelpOptions = true)
public final class SandboxCommand implements Callable<Integer> {

    /** No part of the benchmark reads or writes a blob. */
    private static final String NO_STORE = "UseDevelopmentStorage=true";

    /** The most that an endpoint can be set to: no call of the benchmark is throttled. */
    private static final int PARALLEL_CALLS = 200;

    private static final String UNLIMITED = "unlimited";
    private static final List<String> OPERATIONS =
            List.of("rrs-execute", "bes-submit", "bes-start", "bes-status", "bes-delete");
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 204, 429, 400, 503);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--counted", required = true, description = "Calls that are counted before the start.")
    private int counted;

    /** Used by picocli. */
    public SandboxCommand() {}

    @Override
    public Integer call() throws IOException {
        SandboxOptions options = SandboxOptions.defaults()
                .withBlobConnectionString(NO_STORE)
                .withRrsCapacity(RrsCapacity.DEFAULT.withMaxConcurrentCalls(PARALLEL_CALLS));
        try (Sandbox sandbox = Sandbox.start(options)) {
            count(sandbox.callCounts(), InstantSource.system().instant());
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(JsonMapper.shared().writeValueAsString(address(sandbox)));
            out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
            return 0;
        }
    }

    /** Spread over the last day, over operations and over outcomes. */
    private void count(CallCounts counts, Instant now) {
        for (int i = 0; i < counted; i++) {
            Instant time = now.minusMillis(Duration.ofDays(1).toMillis() * (counted - i) / counted);
            String operation = OPERATIONS.get(i % OPERATIONS.size());
            Series series = new Series("azureml-demo", operation, UNLIMITED, UNLIMITED, "administrator");
            counts.record(new CountedCall(
                    time, series, STATUSES.get(i % STATUSES.size()), 1_000_000L + i % 9_999_991, 900_000L, 700));
        }
    }

    private static SandboxAddress address(Sandbox sandbox) {
        WebService service = sandbox.service("SimpleFeatureHashingExperiment");
        return new SandboxAddress(
                URI.create(sandbox.managedUrl() + service.path()),
                URI.create(sandbox.directUrl() + service.path()),
                sandbox.portalUrl(),
                Map.of(
                        "Ocp-Apim-Subscription-Key",
                        sandbox.subscription(UNLIMITED).primaryKey(),
                        "Authorization",
                        "Bearer " + service.apiKey()),
                Map.of("workspace", service.workspaceId(), "service", service.serviceId()));
    }
}
