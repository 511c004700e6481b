package dev.bes.sandbox.demo;

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
import java.util.List;
import java.util.Locale;

/** Brings everything up, with a schedule that fires soon after the orchestrator is ready. */
record Opening(DemoFolder folder, Parts parts, PrintWriter out, InstantSource clock) {

    /** How long after its start the schedule fires; the longer ones are for machines that start it slowly. */
    private static final List<Duration> LEADS =
            List.of(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(90));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /**
     * The orchestrator, ready.
     *
     * @param fires when the schedule fires
     */
    record Opened(Parts.Surroundings around, OrchestratorProcess orchestrator, RunsApi api, Instant fires) {}

    /**
     * Starts everything.
     *
     * @throws DemoFailure when something does not start
     */
    Opened open() {
        long start = System.nanoTime();
        Parts.Surroundings around = parts.startSurroundings();
        say("PostgreSQL %s with fsync on, Azurite, and the sandbox whose jobs take 2 to 4 s: up after %s"
                .formatted(around.postgres().version(), seconds(start)));
        for (Duration lead : LEADS) {
            Instant fires = clock.instant().plus(lead).truncatedTo(ChronoUnit.SECONDS);
            writeDefinition(fires);
            OrchestratorProcess process = parts.startOrchestrator(around);
            RunsApi api = new RunsApi(process.url());
            process.awaitReady(api::isReady);
            say("orchestrator: ready after %s".formatted(seconds(start)));
            if (clock.instant().isBefore(fires) || !api.runs().isEmpty()) {
                return new Opened(around, process, api, fires);
            }
            say("that was too late for the schedule: once more, with more time");
            parts.stopOrchestrator();
        }
        throw new DemoFailure("The orchestrator takes too long to start on this machine");
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String seconds(long startNanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
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
