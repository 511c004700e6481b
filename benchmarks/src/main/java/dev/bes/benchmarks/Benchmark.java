package dev.bes.benchmarks;

import dev.bes.sandbox.postgres.PostgresServer;
import java.io.PrintWriter;
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

/** Measures the orchestrator beside other engines on the same work. */
@Command(name = "benchmark", description = "Measures the orchestrator.", mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--scorings", paramLabel = "N", defaultValue = "10000", description = "Scorings in a run.")
    private int scorings;

    @Option(names = "--runs", paramLabel = "K", defaultValue = "3", description = "Runs that count.")
    private int runs;

    @Option(names = "--project", hidden = true, description = "The project's folder.")
    private Path project = Path.of(".");

    @Override
    public Integer call() throws SQLException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        BenchmarkFolder folder = BenchmarkFolder.of(project);
        folder.makeAnew();
        Workload work = Workload.make(folder.work(), scorings);
        Progress progress = new Progress(out);
        try (PostgresServer database =
                        PostgresServer.start(folder.root().resolve("postgres"), folder.log("postgres"), Map.of());
                Remote remote = Remote.start(folder, Duration.ZERO)) {
            database.createDatabase("orchestrator");
            try (Candidate candidate = Orchestrator.start(folder, remote, database, work)) {
                List<Figures> figures = new Trial(candidate, database, remote, work, folder, progress).run(runs);
                figures.forEach(out::println);
            }
        }
        return 0;
    }
}
