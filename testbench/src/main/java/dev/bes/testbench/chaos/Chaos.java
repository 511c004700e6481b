package dev.bes.testbench.chaos;

import dev.bes.testbench.chaos.environment.ChaosFolder;
import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.chaos.observation.ExperimentResult;
import dev.bes.testbench.chaos.plan.ExperimentPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The chaos test: injects the faults of a seed into several nodes under load, repairs everything, and checks the result. */
@Command(
        name = "chaos",
        description = {
            "Starts PostgreSQL, the sandbox and several nodes of the orchestrator on free ports. Kills processes, steps"
                    + " clocks, fills disks, crashes the database and disturbs calls while the nodes work. Then repairs"
                    + " everything, waits until all work is done, and checks the result against fifteen invariants.",
            "Exit code 0: all invariants hold. 1: an invariant is broken, and the evidence is kept. 2: the result could"
                    + " not be checked."
        },
        mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {

    private static final int BROKEN = 1;
    private static final int NOT_CHECKED = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random decisions; random by default.")
    private @Nullable Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "5",
            description = "Minutes with faults (default: ${DEFAULT-VALUE}, at most 50).")
    private double minutes;

    @Option(
            names = "--nodes",
            paramLabel = "K",
            defaultValue = "3",
            description = "Number of nodes (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "bes",
            converter = ChaosKindConverter.class,
            description = "The kind of remote service: bes, azureml or inference. Default: ${DEFAULT-VALUE}.")
    private ChaosKind kind = ChaosKind.BES;

    @Option(names = "--keep", description = "Keeps logs, journals and tables even if all invariants hold.")
    private boolean keep;

    @Option(names = "--project", hidden = true, description = "The project's folder.")
    private Path project = Path.of(".");

    private volatile boolean over;

    /** Used by picocli. */
    public Chaos() {}

    @Override
    public Integer call() throws IOException {
        long chosen = seed == null ? RandomGenerator.getDefault().nextLong(1, 1_000_000) : seed;
        out().printf("Chaos test of %s with seed %d: %s minutes of faults, %d nodes%n", kind, chosen, minutes, nodes);
        ChaosFolder folder = new ChaosFolder(project, project.resolve(".local/chaos/" + kind + "-" + chosen));
        int code = run(folder, chosen);
        out().printf("Seed %d of %s: %s%n", chosen, kind, verdict(code, folder));
        out().flush();
        return code;
    }

    private int run(ChaosFolder folder, long chosen) throws IOException {
        folder.recreate();
        int code = NOT_CHECKED;
        try (TestEnvironment environment = TestEnvironment.start(kind, folder, nodes)) {
            Thread hook = new Thread(() -> stopEarly(environment), "chaos-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            printLeftOut(environment);
            Duration length = Duration.ofSeconds(Math.round(minutes * 60));
            ExperimentResult outcome = new Experiment(environment, InstantSource.system(), out())
                    .run(ExperimentPlan.of(chosen, length, nodes, kind), length);
            Files.write(folder.report(), outcome.lines());
            outcome.lines().forEach(out()::println);
            code = outcome.isClean() ? 0 : BROKEN;
        } catch (Exception e) {
            out().println("The result could not be checked: " + e);
            e.printStackTrace(out());
        } finally {
            over = true;
        }
        if (code == 0 && !keep) {
            folder.remove();
        }
        return code;
    }

    private void printLeftOut(TestEnvironment environment) {
        if (!environment.databaseDisk().isSmall() || !environment.outputDisk().isSmall()) {
            out().println("  No disk will be full: only root can mount small disks (tmpfs).");
        }
        if (!environment.faketime().isInstalled()) {
            out().println("  No clock will be wrong: libfaketime is missing (apt-get install faketime).");
        }
        if (!environment.node(0).folders().isMounted()) {
            out().println("  No folder will hang or be missing: this needs root and bindfs (apt-get install bindfs).");
        }
        out().flush();
    }

    private String verdict(int code, ChaosFolder folder) {
        return switch (code) {
            case 0 -> "all invariants hold";
            case BROKEN -> "INVARIANTS ARE BROKEN; the evidence is in " + folder.root();
            default -> "NOT CHECKED; the files are in " + folder.root();
        };
    }

    private void stopEarly(TestEnvironment environment) {
        if (!over) {
            out().println();
            out().println("Stopping everything ...");
            out().flush();
            environment.close();
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
