package dev.bes.testbench.chaos;

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

/** Does everything bad to several nodes at work that a seed says, lets all heal, and judges what is left. */
@Command(
        name = "chaos",
        description = {
            "Starts PostgreSQL, the sandbox and several nodes of the orchestrator on free ports, lets them work while"
                    + " processes die, clocks jump, disks fill, the database crashes and calls are spoiled; then heals"
                    + " everything, waits for quiet, and judges what is left by fifteen invariants.",
            "Exit code 0: all invariants hold. 1: some do not, and the evidence is kept. 2: it could not be judged."
        },
        mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {

    private static final int BROKEN = 1;
    private static final int NOT_JUDGED = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "What all chance comes from; else one is made up.")
    private @Nullable Long seed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "5",
            description = "How long there is chaos (default: ${DEFAULT-VALUE}, at most 50).")
    private double minutes;

    @Option(
            names = "--nodes",
            paramLabel = "K",
            defaultValue = "3",
            description = "How many nodes (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--keep", description = "Keeps logs, journals and tables also when all is well.")
    private boolean keep;

    @Option(names = "--project", hidden = true, description = "The project's folder.")
    private Path project = Path.of(".");

    private volatile boolean over;

    /** Made by the command line. */
    public Chaos() {}

    @Override
    public Integer call() throws IOException {
        long chosen = seed == null ? RandomGenerator.getDefault().nextLong(1, 1_000_000) : seed;
        out().printf("Chaos with seed %d, for %s minutes, on %d nodes%n", chosen, minutes, nodes);
        ChaosFolder folder = new ChaosFolder(project, project.resolve(".local/chaos/" + chosen));
        int code = run(folder, chosen);
        out().printf("Seed %d: %s%n", chosen, verdict(code, folder));
        out().flush();
        return code;
    }

    private int run(ChaosFolder folder, long chosen) throws IOException {
        folder.makeAnew();
        int code = NOT_JUDGED;
        try (Stage stage = Stage.set(folder, nodes)) {
            Thread hook = new Thread(() -> stopEarly(stage), "chaos-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            sayWhatCannotBeDone(stage);
            Duration length = Duration.ofSeconds(Math.round(minutes * 60));
            Outcome outcome =
                    new Trial(stage, InstantSource.system(), out()).run(Plan.of(chosen, length, nodes), length);
            Files.write(folder.report(), outcome.lines());
            outcome.lines().forEach(out()::println);
            code = outcome.isClean() ? 0 : BROKEN;
        } catch (Exception e) {
            out().println("The run could not be judged: " + e);
            e.printStackTrace(out());
        } finally {
            over = true;
        }
        if (code == 0 && !keep) {
            folder.remove();
        }
        return code;
    }

    private void sayWhatCannotBeDone(Stage stage) {
        if (!stage.databaseDisk().isSmall() || !stage.outputDisk().isSmall()) {
            out().println("  No disk will be full: small disks (tmpfs) can only be mounted by root.");
        }
        if (!stage.clocks().canStep()) {
            out().println("  No clock will be wrong: libfaketime is missing (apt-get install faketime).");
        }
        if (!stage.node(0).folders().isItsOwn()) {
            out().println("  No folder will hang or be missing: that takes root and bindfs (apt-get install bindfs).");
        }
        out().flush();
    }

    private String verdict(int code, ChaosFolder folder) {
        return switch (code) {
            case 0 -> "all invariants hold";
            case BROKEN -> "INVARIANTS ARE BROKEN; the evidence is in " + folder.root();
            default -> "NOT JUDGED; what there is lies in " + folder.root();
        };
    }

    private void stopEarly(Stage stage) {
        if (!over) {
            out().println();
            out().println("Stopping everything ...");
            out().flush();
            stage.close();
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
