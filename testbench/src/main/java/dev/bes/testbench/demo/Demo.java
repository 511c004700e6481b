package dev.bes.testbench.demo;

import dev.bes.testbench.demo.DemoStartup.RunningDemo;
import dev.bes.testbench.demo.environment.DemoEnvironment;
import dev.bes.testbench.demo.environment.DemoFailure;
import dev.bes.testbench.demo.environment.DemoFolder;
import dev.bes.testbench.demo.environment.DemoKind;
import dev.bes.testbench.demo.environment.OrchestratorProcess;
import dev.bes.testbench.demo.environment.PidFile;
import dev.bes.testbench.demo.output.DemoReport;
import dev.bes.testbench.demo.output.TerminalStyle;
import dev.bes.testbench.demo.output.TerminalStyle.Colour;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The demo: runs the whole product on this machine, shows its runs and checks the result. */
@Command(
        name = "demo",
        description = {
            "Starts PostgreSQL, the sandbox and the orchestrator on free ports. Scores the sample by each of the three"
                    + " triggers (schedule, drop folder, request), shows the runs, and checks the result.",
            "All files are in .local/demo, which is emptied at each start. Exit code 0: all checks hold."
        },
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {

    private static final int LOG_LINES = 20;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--keep", description = "Keeps everything running until Ctrl-C, and prints the addresses.")
    private boolean keep;

    @Option(names = "--stop", description = "Stops the running demo, and does nothing else.")
    private boolean stop;

    @Option(names = "--models", description = "Scores by a real model, too: the one that the build trains.")
    private boolean models;

    @Option(
            names = "--kind",
            defaultValue = "bes",
            converter = KindConverter.class,
            description = "The kind of remote service: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private DemoKind kind = DemoKind.BES;

    @Option(names = "--project", hidden = true, description = "The project's folder.")
    private Path project = Path.of(".");

    private final TerminalStyle style = TerminalStyle.ofThisTerminal();
    private volatile boolean stopped;
    private volatile boolean over;

    /** Used by picocli. */
    public Demo() {}

    @Override
    public Integer call() {
        DemoFolder folder = new DemoFolder(project, kind);
        PidFile pids = new PidFile(folder.pidFile());
        if (stop) {
            out().println(pids.stop() ? "The demo is stopped." : "No demo is running.");
            return 0;
        }
        Optional<ProcessHandle> running = pids.running();
        if (running.isPresent()) {
            out().println("A demo is already running (process " + running.get().pid()
                    + "): scripts/demo --stop stops it.");
            return 1;
        }
        pids.stop();
        return perform(folder);
    }

    private int perform(DemoFolder folder) {
        long start = System.nanoTime();
        DemoEnvironment environment = new DemoEnvironment(folder, models);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopEarly(environment), "demo-stop"));
        boolean good = false;
        try {
            good = perform(folder, environment, start);
        } catch (DemoFailure | UncheckedIOException e) {
            explain(e, folder);
        } finally {
            environment.close();
            over = true;
        }
        out().println("Stopped everything. Time taken: " + DemoStartup.seconds(start));
        return good ? 0 : 1;
    }

    private boolean perform(DemoFolder folder, DemoEnvironment environment, long start) {
        InstantSource clock = InstantSource.system();
        RunningDemo demo = new DemoStartup(folder, environment, out(), clock).open();
        boolean good = new DemoScenario(folder, demo, out(), style, clock).perform();
        if (models) {
            DemoReport report = new DemoReport(out(), style, folder);
            good = new ModelScenario(folder, demo, report).perform() && good;
        }
        if (keep) {
            out().println("Time taken: " + DemoStartup.seconds(start));
            new DemoAddresses(folder, demo).print(out());
            demo.orchestrator().awaitEnd();
        }
        return good;
    }

    private void stopEarly(DemoEnvironment environment) {
        if (!over) {
            stopped = true;
            out().println();
            out().println("Stopping everything ...");
            out().flush();
            environment.close();
        }
    }

    private void explain(RuntimeException failure, DemoFolder folder) {
        if (stopped) {
            return;
        }
        PrintWriter out = out();
        out.println();
        out.println(style.colour(Colour.RED, style.symbol("✗ ", "FAILED ") + failure.getMessage()));
        out.println("  last lines of " + folder.shown(folder.log()) + ":");
        OrchestratorProcess.lastLines(folder.log(), LOG_LINES).forEach(line -> out.println("  | " + line));
        out.flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
