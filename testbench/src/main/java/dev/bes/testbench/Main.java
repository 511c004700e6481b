package dev.bes.testbench;

import dev.bes.sandbox.ConsoleLogging;
import dev.bes.testbench.chaos.Chaos;
import dev.bes.testbench.demo.Demo;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the test bench: the subcommand says what to do with the product. */
@Command(
        name = "testbench",
        description = "Shows the orchestrator on this machine, or tests it under faults.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        subcommands = {Demo.class, Chaos.class})
public final class Main {

    private Main() {}

    /** Runs a subcommand and exits with its code. */
    public static void main(String[] args) {
        ConsoleLogging.set();
        CommandLine commands = new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
        System.exit(commands.execute(args));
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getColorScheme().errorText("testbench: " + e.getMessage()));
        return 1;
    }
}
