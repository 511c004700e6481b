package dev.bes.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: the benchmark itself, and the processes that it starts from the same jar. */
@Command(
        name = "benchmarks",
        description = "The benchmark and its parts.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        subcommands = {Benchmark.class, ServeStub.class})
public final class Main {

    private Main() {}

    /** Runs a subcommand and exits with its code. */
    public static void main(String[] args) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        CommandLine commands = new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
        System.exit(commands.execute(args));
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("benchmark: " + e.getMessage());
        if (!(e instanceof BenchmarkFailure)) {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }
}
