package dev.bes.testbench.demo;

import dev.bes.testbench.demo.client.RunsApi;
import dev.bes.testbench.demo.environment.DemoDefinition;
import dev.bes.testbench.demo.environment.DemoEnvironment;
import dev.bes.testbench.demo.environment.DemoFailure;
import dev.bes.testbench.demo.environment.DemoFolder;
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

/** Brings everything up, with a schedule that fires soon after the orchestrator is ready. */
record DemoStartup(DemoFolder folder, DemoEnvironment parts, PrintWriter out, InstantSource clock) {

    private static final Duration LEAST_LEAD = Duration.ofSeconds(12);
    private static final Duration MOST_LEAD = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 3;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /**
     * The orchestrator, ready.
     *
     * @param fires when the schedule fires
     */
    record Opened(DemoEnvironment.Surroundings around, OrchestratorProcess orchestrator, RunsApi api, Instant fires) {}

    /**
     * Starts everything.
     *
     * @throws DemoFailure when something does not start
     */
    Opened open() {
        long start = System.nanoTime();
        DemoEnvironment.Surroundings around = parts.startSurroundings();
        say("%s; Azurite; the sandbox, whose jobs take 2 to 4 s: up after %s"
                .formatted(around.postgres().description(), seconds(start)));
        // a machine that was slow so far will be slow to start the orchestrator
        Duration lead = longer(LEAST_LEAD, shorter(MOST_LEAD, since(start).multipliedBy(4)));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long launched = System.nanoTime();
            Opened opened = launch(around, clock.instant().plus(lead).truncatedTo(ChronoUnit.SECONDS));
            say("orchestrator: ready after %s".formatted(seconds(start)));
            if (clock.instant().isBefore(opened.fires()) || !opened.api().runs().isEmpty()) {
                return opened;
            }
            say("that was too late for the schedule: once more, with more time");
            parts.stopOrchestrator();
            lead = longer(LEAST_LEAD, since(launched).multipliedBy(2));
        }
        throw new DemoFailure("The orchestrator takes too long to start on this machine");
    }

    private Opened launch(DemoEnvironment.Surroundings around, Instant fires) {
        writeDefinition(fires);
        OrchestratorProcess process = parts.startOrchestrator(around);
        RunsApi api = new RunsApi(process.url());
        process.awaitReady(api::isReady);
        return new Opened(around, process, api, fires);
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
            DemoDefinition definition = new DemoDefinition(Files.readString(shipped));
            String cron = definition.cronAt(fires);
            Files.writeString(folder.definitions().resolve("birdstrikes.yaml"), definition.with(cron));
            say("definition: %s with one change: cron \"%s\" (%s) instead of \"%s\""
                    .formatted(folder.shown(shipped), cron, time(fires), definition.cron()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String line) {
        out.println("  " + line);
        out.flush();
    }
}
