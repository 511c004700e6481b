package dev.bes.benchmarks;

import dev.bes.benchmarks.engine.Kind;
import dev.bes.sandbox.postgres.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Measures the orchestrator beside other engines on the same work. */
@Command(
        name = "benchmark",
        description = "Lets one engine after the other score the same small files, and prints a table.",
        mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {

    private static final List<String> QUICK = List.of(Orchestrator.NAME, Kind.BARE.word(), Kind.DB_SCHEDULER.word());

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "Two runs of the engines that the goals name.")
    private boolean quick;

    @Option(names = "--scorings", paramLabel = "N", defaultValue = "10000", description = "Files in a run.")
    private int scorings;

    @Option(names = "--runs", paramLabel = "K", description = "Runs that count (default: 3; quick: 2).")
    private @Nullable Integer runs;

    @Option(names = "--engines", paramLabel = "LIST", split = ",", description = "Which engines.")
    private @Nullable List<String> engines;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes every figure of every run there.")
    private @Nullable Path json;

    @Option(names = "--project", hidden = true, description = "The project's folder.")
    private Path project = Path.of(".");

    /** What the JSON file holds. */
    private record Report(Machine machine, List<Result> results) {}

    @Override
    public Integer call() throws SQLException, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Runtime.getRuntime().addShutdownHook(new Thread(Benchmark::endAll, "benchmark-stop"));
        BenchmarkFolder folder = BenchmarkFolder.of(project);
        folder.makeAnew();
        Workload work = Workload.make(folder.work(), scorings);
        try (PostgresServer database =
                        PostgresServer.start(folder.root().resolve("postgres"), folder.log("postgres"), Map.of());
                Remote remote = Remote.start(folder, Duration.ZERO)) {
            Machine machine = Machine.of(database);
            List<Result> results = new Contest(folder, database, remote, work, new Progress(out))
                    .run(or(engines, quick ? QUICK : Contest.all()), or(runs, quick ? 2 : 3));
            new Table(machine, results).print(out);
            if (json != null) {
                write(json, new Report(machine, results));
            }
        }
        return 0;
    }

    /** When the benchmark is told to end, so is all that it has started. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private static void write(Path file, Report report) throws IOException {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(file, mapper.writeValueAsString(report) + "\n");
    }
}
