package dev.bes.testbench.demo;

import dev.bes.testbench.demo.client.DemoClient;
import dev.bes.testbench.demo.environment.CsvFile;
import dev.bes.testbench.demo.environment.DemoDefinition;
import dev.bes.testbench.demo.environment.DemoEnvironment;
import dev.bes.testbench.demo.environment.DemoFailure;
import dev.bes.testbench.demo.environment.DemoFolder;
import dev.bes.testbench.demo.environment.DemoKind;
import dev.bes.testbench.demo.environment.OrchestratorProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Starts everything, with a schedule that fires soon after the orchestrator is ready. */
record DemoStartup(DemoFolder folder, DemoEnvironment environment, PrintWriter out, InstantSource clock) {

    private static final Duration SHORTEST_LEAD = Duration.ofSeconds(12);
    private static final Duration LONGEST_LEAD = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 3;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /**
     * The demo when the orchestrator is ready.
     *
     * @param fires when the schedule fires
     */
    record RunningDemo(
            DemoEnvironment.RemoteSystems systems, OrchestratorProcess orchestrator, DemoClient api, Instant fires) {}

    /**
     * Starts everything.
     *
     * @throws DemoFailure when something does not start
     */
    RunningDemo open() {
        long start = System.nanoTime();
        DemoEnvironment.RemoteSystems systems = environment.startRemoteSystems();
        print("%s; Azurite; the sandbox, whose jobs take 2 to 4 s: up after %s"
                .formatted(systems.postgres().description(), seconds(start)));
        // a slow start so far means a slow start of the orchestrator
        Duration lead = longer(SHORTEST_LEAD, shorter(LONGEST_LEAD, since(start).multipliedBy(4)));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long launched = System.nanoTime();
            RunningDemo demo = launch(systems, clock.instant().plus(lead).truncatedTo(ChronoUnit.SECONDS));
            print("orchestrator: ready after %s".formatted(seconds(start)));
            if (clock.instant().isBefore(demo.fires()) || !demo.api().runs().isEmpty()) {
                return demo;
            }
            print("the schedule has passed meanwhile: starting again, with more time");
            environment.stopOrchestrator();
            lead = longer(SHORTEST_LEAD, since(launched).multipliedBy(2));
        }
        throw new DemoFailure("The orchestrator takes too long to start on this machine");
    }

    private RunningDemo launch(DemoEnvironment.RemoteSystems systems, Instant fires) {
        writeDefinition(fires);
        OrchestratorProcess process = environment.startOrchestrator(systems);
        DemoClient api = new DemoClient(process.url());
        process.awaitReady(api::isReady);
        return new RunningDemo(systems, process, api, fires);
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String seconds(long startNanos) {
        return String.format(Locale.ROOT, "%.1f s", since(startNanos).toMillis() / 1000.0);
    }

    private void writeDefinition(Instant fires) {
        Path shipped = folder.project().resolve("job-definitions/birdstrikes.yaml");
        try {
            String text = folder.kind()
                    .definition(
                            Files.readString(shipped),
                            CsvFile.read(folder.sample()).columns());
            DemoDefinition definition = new DemoDefinition(text);
            String cron = definition.cronAt(fires);
            Files.writeString(folder.definitions().resolve("birdstrikes.yaml"), definition.with(cron));
            if (folder.kind() != DemoKind.BES) {
                print("kind: %s; the definition names its columns instead of parameters".formatted(folder.kind()));
            }
            print("definition: %s with one change: cron \"%s\" (%s) instead of \"%s\""
                    .formatted(folder.shown(shipped), cron, time(fires), definition.cron()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(String line) {
        out.println("  " + line);
        out.flush();
    }
}
