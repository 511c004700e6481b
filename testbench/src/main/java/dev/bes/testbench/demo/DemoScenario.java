package dev.bes.testbench.demo;

import dev.bes.api.client.AcceptedRun;
import dev.bes.api.run.RunDetailJson;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.testbench.demo.DemoStartup.RunningDemo;
import dev.bes.testbench.demo.check.Check;
import dev.bes.testbench.demo.check.DemoChecks;
import dev.bes.testbench.demo.check.JournalChecks;
import dev.bes.testbench.demo.client.DemoClient;
import dev.bes.testbench.demo.environment.CsvFile;
import dev.bes.testbench.demo.environment.DemoFailure;
import dev.bes.testbench.demo.environment.DemoFolder;
import dev.bes.testbench.demo.environment.DemoKind;
import dev.bes.testbench.demo.environment.SlowCopy;
import dev.bes.testbench.demo.output.DemoReport;
import dev.bes.testbench.demo.output.LiveView;
import dev.bes.testbench.demo.output.TerminalStyle;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** What the demo shows: three triggers, their runs, the results, and the checks. */
final class DemoScenario {

    private static final Duration RUN_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration ARCHIVE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int RUNS = 3;

    private final DemoFolder folder;
    private final RunningDemo demo;
    private final PrintWriter out;
    private final TerminalStyle style;
    private final InstantSource clock;
    private final DemoReport report;

    DemoScenario(DemoFolder folder, RunningDemo demo, PrintWriter out, TerminalStyle style, InstantSource clock) {
        this.folder = folder;
        this.demo = demo;
        this.out = out;
        this.style = style;
        this.clock = clock;
        this.report = new DemoReport(out, style, folder);
    }

    /**
     * Shows everything; returns whether all checks hold.
     *
     * @throws DemoFailure when a run does not end
     */
    boolean perform() {
        report.heading("Triggers");
        print("Nobody signs in here (orchestrator.security.mode: open); scripts/run asks for a login.");
        print("schedule  fires at " + DemoStartup.time(demo.fires()));
        print("files     birdstrikes.csv is being copied, piece by piece, into " + folder.shown(folder.dropFolder()));
        CompletableFuture<Void> copied = SlowCopy.begin(folder.sample(), dropped(), PAUSE);
        String key = "demo-" + UUID.randomUUID();
        AcceptedRun first = request(key, "POST /api/v1/runs with the file, Idempotency-Key " + key);
        AcceptedRun second = request(key, "the same request again");
        report.heading("Runs");
        List<RunDetailJson> runs = watch();
        copied.join();
        awaitArchive();
        showResults(runs);
        return report.checks(checks(runs, first, second));
    }

    private AcceptedRun request(String key, String what) {
        AcceptedRun accepted = demo.api().request(folder.sample(), key);
        print("request   " + what + ": " + DemoChecks.shown(accepted));
        return accepted;
    }

    private List<RunDetailJson> watch() {
        LiveView view = new LiveView(out, style, clock);
        Duration untilFire = Duration.between(clock.instant(), demo.fires());
        Duration atMost = RUN_TIMEOUT.plus(untilFire.isNegative() ? Duration.ZERO : untilFire);
        try {
            return polling(atMost).until(() -> look(view), DemoScenario::allEnded);
        } catch (ConditionTimeoutException e) {
            throw new DemoFailure(notEnded(), e);
        }
    }

    private List<RunDetailJson> look(LiveView view) {
        if (!demo.orchestrator().isAlive()) {
            throw new DemoFailure("The orchestrator has ended");
        }
        List<RunDetailJson> runs = demo.api().runs();
        view.show(runs);
        return runs;
    }

    private static boolean allEnded(List<RunDetailJson> runs) {
        return runs.size() >= RUNS
                && runs.stream().allMatch(run -> run.run().state().ended());
    }

    private String notEnded() {
        StringBuilder text = new StringBuilder("Not all runs have ended within " + RUN_TIMEOUT.toSeconds() + " s");
        for (RunDetailJson run : demo.api().runs()) {
            text.append("\n  run ")
                    .append(run.run().id())
                    .append(' ')
                    .append(run.run().state().word());
            run.scorings()
                    .forEach(scoring -> text.append(", ")
                            .append(scoring.step())
                            .append(": ")
                            .append(scoring.cause()));
        }
        return text.append("\n  attention: ")
                .append(demo.api().body("/api/v1/attention"))
                .toString();
    }

    private void awaitArchive() {
        try {
            polling(ARCHIVE_TIMEOUT).until(() -> !folder.archive().isEmpty());
        } catch (ConditionTimeoutException e) {
            // the check reports it
        }
    }

    private static ConditionFactory polling(Duration atMost) {
        return Awaitility.await()
                .atMost(atMost)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE);
    }

    private List<CsvFile> files(RunDetailJson run) {
        return folder.deliveredFor(DemoClient.DEFINITION, run.run().id()).stream()
                .map(CsvFile::read)
                .toList();
    }

    private void showResults(List<RunDetailJson> runs) {
        List<CsvFile> files = runs.stream().flatMap(run -> files(run).stream()).toList();
        report.outputs(files);
        if (!files.isEmpty()) {
            report.rows(files.getFirst(), folder.kind().hashedColumn());
        }
        report.history(runs.getFirst());
    }

    private List<Check> checks(List<RunDetailJson> runs, AcceptedRun first, AcceptedRun second) {
        CsvFile input = CsvFile.read(folder.sample());
        List<Check> checks = new ArrayList<>(List.of(DemoChecks.oneRunPerTrigger(runs), DemoChecks.allFinished(runs)));
        for (RunDetailJson run : runs) {
            List<CsvFile> files = files(run);
            checks.add(DemoChecks.delivered(run, files));
            for (CsvFile file : files) {
                checks.add(DemoChecks.sameRows(file, input));
                checks.add(DemoChecks.hashedColumns(folder.kind(), file, input));
            }
        }
        checks.add(DemoChecks.archived(dropped(), folder.archive(), folder.sample()));
        checks.add(DemoChecks.oneRunPerKey(first, second, runs));
        List<JournalEntry> journal = demo.systems().sandbox().journal().entries();
        checks.add(
                folder.kind() == DemoKind.INFERENCE
                        ? JournalChecks.eachRowScoredOnce(runs, journal)
                        : JournalChecks.oneJobPerScoring(runs, journal));
        return checks;
    }

    private Path dropped() {
        return folder.dropFolder().resolve("birdstrikes.csv");
    }

    private void print(String line) {
        out.println("  " + line);
        out.flush();
    }
}
