package dev.bes.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import dev.bes.benchmarks.engine.EngineCommand;
import dev.bes.benchmarks.engine.UploadCommand;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.sandbox.SandboxCommand;
import dev.bes.benchmarks.stub.StubCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: the benchmark itself, and the processes that it starts from the same jar. */
@Command(
        name = "benchmarks",
        description = "The benchmark and its parts.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        subcommands = {
            Benchmark.class,
            StubCommand.class,
            SandboxCommand.class,
            EngineCommand.class,
            UploadCommand.class
        })
public final class Main {

    private Main() {}

    /** Runs a subcommand and exits with its code. */
    public static void main(String[] args) {
        level(Logger.ROOT_LOGGER_NAME, Level.WARN).iteratorForAppenders().forEachRemaining(Main::toErrors);
        // as in the service: it warns at every upload that the JDK counts the bytes itself
        level("com.azure", Level.OFF);
        CommandLine commands = new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
        System.exit(commands.execute(args));
    }

    private static ch.qos.logback.classic.Logger level(String name, Level level) {
        ch.qos.logback.classic.Logger logger = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    /** What a process says on its output is for whoever started it. */
    private static void toErrors(Appender<ILoggingEvent> appender) {
        if (appender instanceof ConsoleAppender<?> console) {
            console.setTarget("System.err");
            console.start();
        }
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println("benchmark: " + e.getMessage());
        if (!(e instanceof BenchmarkFailure)) {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }
}
