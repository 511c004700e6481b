package dev.bes.sandbox;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the sandbox: without a subcommand it serves. */
@Command(
        name = "sandbox",
        description = "The managed API, the Batch Execution Service and a blob store on this machine.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        subcommands = ServeCommand.class)
public final class Main {

    private static final List<String> OWN_OPTIONS = List.of("-h", "--help", "-V", "--version");

    private Main() {}

    /** Runs a subcommand and exits with its code. */
    public static void main(String[] args) {
        ConsoleLogging.set();
        CommandLine commands = new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
        System.exit(commands.execute(withSubcommand(args)));
    }

    private static String[] withSubcommand(String[] args) {
        boolean bare = args.length == 0 || (args[0].startsWith("-") && !OWN_OPTIONS.contains(args[0]));
        if (!bare) {
            return args;
        }
        String[] serve = new String[args.length + 1];
        serve[0] = "serve";
        System.arraycopy(args, 0, serve, 1, args.length);
        return serve;
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getColorScheme().errorText("sandbox: " + e.getMessage()));
        return 1;
    }
}
