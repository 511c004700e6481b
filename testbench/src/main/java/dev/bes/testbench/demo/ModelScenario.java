package dev.bes.testbench.demo;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.run.RunJson;
import dev.bes.api.run.StateJson;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.testbench.demo.DemoStartup.RunningDemo;
import dev.bes.testbench.demo.check.Check;
import dev.bes.testbench.demo.check.ModelChecks;
import dev.bes.testbench.demo.client.ModelDoors;
import dev.bes.testbench.demo.environment.DemoFailure;
import dev.bes.testbench.demo.environment.DemoFolder;
import dev.bes.testbench.demo.environment.DemoKind;
import dev.bes.testbench.demo.environment.DemoModel;
import dev.bes.testbench.demo.output.DemoReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** What the demo shows of a real model: the sample scored by a run of each kind, and the same numbers by each protocol. */
record ModelScenario(DemoFolder folder, RunningDemo demo, DemoReport report) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String RESULT = "Scored Probabilities";

    /**
     * Shows it; returns whether all checks hold.
     *
     * @throws DemoFailure when a run does not finish
     */
    boolean perform() {
        report.heading("A real model: " + DemoModel.NAME);
        Map<DemoKind, Path> delivered = delivered();
        Path byBes = Objects.requireNonNull(delivered.get(DemoKind.BES));
        report.rows(byBes, List.of("Wildlife Size", "Phase of flight", "Scored Labels", RESULT));
        try {
            return report.checks(List.of(agree(byBes, delivered)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of a run for each kind of remote service. */
    private Map<DemoKind, Path> delivered() {
        Map<DemoKind, AcceptedRun> runs = new EnumMap<>(DemoKind.class);
        for (DemoKind kind : DemoKind.values()) {
            Path input = kind == DemoKind.INFERENCE ? DemoModel.withoutMissingNumbers(folder) : folder.sample();
            runs.put(kind, demo.api().request(DemoModel.name(kind), input, "demo-" + UUID.randomUUID()));
        }
        Map<DemoKind, Path> delivered = new EnumMap<>(DemoKind.class);
        runs.forEach((kind, run) -> {
            awaitEnd(run);
            delivered.put(
                    kind, folder.deliveredFor(DemoModel.name(kind), run.id()).getFirst());
        });
        return delivered;
    }

    private void awaitEnd(AcceptedRun run) {
        try {
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .pollInSameThread()
                    .until(() -> demo.api().run(run.id()).run().state().ended());
        } catch (ConditionTimeoutException e) {
            throw new DemoFailure("Run " + run.id() + " has not ended within " + TIMEOUT.toSeconds() + " s", e);
        }
        RunJson ended = demo.api().run(run.id()).run();
        if (ended.state() != StateJson.FINISHED) {
            throw new DemoFailure("Run " + run.id() + " is " + ended.state() + ": " + ended.cause());
        }
    }

    /** Each protocol is a line here. */
    private Check agree(Path byBes, Map<DemoKind, Path> delivered) throws IOException {
        Sandbox sandbox = demo.systems().sandbox();
        WebService service = sandbox.service(DemoModel.NAME);
        Map<String, List<@Nullable String>> others = new LinkedHashMap<>();
        others.put("RRS", ModelDoors.requestResponse(sandbox, service, folder.sample(), RESULT));
        others.put("Azure Machine Learning", column(delivered, DemoKind.AZUREML));
        others.put("the Open Inference Protocol", column(delivered, DemoKind.INFERENCE));
        return ModelChecks.sameResults(ModelDoors.column(byBes, RESULT), others);
    }

    private static List<@Nullable String> column(Map<DemoKind, Path> delivered, DemoKind kind) throws IOException {
        return ModelDoors.column(Objects.requireNonNull(delivered.get(kind)), RESULT);
    }
}
