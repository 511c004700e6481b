package dev.bes.testbench.demo;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.run.StateJson;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.testbench.demo.DemoStartup.RunningDemo;
import dev.bes.testbench.demo.check.Check;
import dev.bes.testbench.demo.check.DemoChecks;
import dev.bes.testbench.demo.client.ModelDoors;
import dev.bes.testbench.demo.environment.DemoFailure;
import dev.bes.testbench.demo.environment.DemoFolder;
import dev.bes.testbench.demo.environment.DemoModel;
import dev.bes.testbench.demo.output.DemoReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** What the demo shows of a real model: the sample scored by a run, and the same numbers by each protocol. */
record ModelScenario(DemoFolder folder, RunningDemo demo, DemoReport report) {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String RESULT = "Scored Probabilities";

    /**
     * Shows it; returns whether all checks hold.
     *
     * @throws DemoFailure when the run does not end
     */
    boolean perform() {
        report.heading("A real model: " + DemoModel.NAME);
        AcceptedRun run = demo.api().request(DemoModel.NAME, folder.sample(), "demo-" + UUID.randomUUID());
        try {
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .pollInSameThread()
                    .until(() -> demo.api().run(run.id()).run().state() == StateJson.FINISHED);
        } catch (ConditionTimeoutException e) {
            throw new DemoFailure("Run " + run.id() + " has not finished within " + TIMEOUT.toSeconds() + " s", e);
        }
        Path delivered = folder.deliveredFor(DemoModel.NAME, run.id()).getFirst();
        report.rows(delivered, List.of("Wildlife Size", "Phase of flight", "Scored Labels", RESULT));
        try {
            List<@Nullable String> byRun = ModelDoors.column(delivered, RESULT);
            return report.checks(List.of(agree(byRun)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each protocol is a line here. */
    private Check agree(List<@Nullable String> byRun) throws IOException {
        Sandbox sandbox = demo.systems().sandbox();
        WebService service = sandbox.service(DemoModel.NAME);
        return DemoChecks.sameResults(
                byRun,
                Map.of("RRS", ModelDoors.requestResponse(sandbox, service, folder.sample(), RESULT)));
    }
}
