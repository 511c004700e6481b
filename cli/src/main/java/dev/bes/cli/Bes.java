package dev.bes.cli;

import dev.bes.api.client.ApiException;
import dev.bes.cli.backfill.BackfillsCommand;
import dev.bes.cli.backfill.PartitionsCommand;
import dev.bes.cli.definition.DefinitionsCommand;
import dev.bes.cli.definition.FiresCommand;
import dev.bes.cli.definition.SchedulesCommand;
import dev.bes.cli.definition.SimulateCommand;
import dev.bes.cli.output.Format;
import dev.bes.cli.output.Terminal;
import dev.bes.cli.run.CancelCommand;
import dev.bes.cli.run.DownloadCommand;
import dev.bes.cli.run.RerunCommand;
import dev.bes.cli.run.ResumeCommand;
import dev.bes.cli.run.RunCommand;
import dev.bes.cli.run.RunsCommand;
import dev.bes.cli.run.ShowCommand;
import dev.bes.cli.run.WatchCommand;
import dev.bes.cli.service.AttentionCommand;
import dev.bes.cli.service.AuditCommand;
import dev.bes.cli.service.CallbacksCommand;
import dev.bes.cli.service.EndpointsCommand;
import dev.bes.cli.service.ExplainCommand;
import dev.bes.cli.service.FilesCommand;
import dev.bes.cli.service.KeysCommand;
import dev.bes.cli.service.NodesCommand;
import dev.bes.cli.service.PoolsCommand;
import dev.bes.cli.service.UsersCommand;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.Environment;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Failures;
import dev.bes.cli.session.GlobalOptions;
import dev.bes.cli.session.Session;
import dev.bes.cli.setup.CompletionCommand;
import dev.bes.cli.setup.ContextCommand;
import dev.bes.cli.setup.LoginCommand;
import dev.bes.cli.setup.LogoutCommand;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The root of all commands. */
@Command(
        name = "bes",
        version = "bes 0.1.0",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 100,
        usageHelpAutoWidth = true,
        description = "Requests and watches runs of the BES Orchestrator.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  bes run birdstrikes mine.csv --wait",
            "  bes runs --state Failed",
            "  bes download 4711 --into results"
        })
public final class Bes {
    /** What picocli says if no command is named. */
    private static final String NO_COMMAND = "Missing required subcommand";

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    @Mixin
    private final GlobalOptions options = new GlobalOptions();

    private final Session session;

    private Bes(Environment environment) {
        this.session = new Session(environment, options);
    }

    /**
     * Executes a command line.
     *
     * @return the exit code
     */
    public static int execute(Environment environment, String... arguments) {
        Bes bes = new Bes(environment);
        try {
            return bes.commands(arguments).execute(arguments);
        } finally {
            bes.session.close();
            environment.terminal().out().flush();
        }
    }

    /** All commands, to be read: for the documentation and for tests. */
    public static CommandLine commands(Environment environment) {
        return new Bes(environment).commands();
    }

    /** The command that the first argument names, else all: picocli takes long to read what each of them looks like. */
    private CommandLine commands(String... arguments) {
        CommandLine commands = new CommandLine(this);
        Map<String, Supplier<Object>> all = all();
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean alone = first.equals("--version") || (all.containsKey(first) && !first.equals("completion"));
        all.forEach((name, command) -> {
            if (!alone || name.equals(first)) {
                commands.addSubcommand(command.get());
            }
        });
        return configured(commands);
    }

    private Map<String, Supplier<Object>> all() {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("run", () -> new RunCommand(session));
        all.put("runs", () -> new RunsCommand(session));
        all.put("show", () -> new ShowCommand(session));
        all.put("watch", () -> new WatchCommand(session));
        all.put("cancel", () -> new CancelCommand(session));
        all.put("resume", () -> new ResumeCommand(session));
        all.put("rerun", () -> new RerunCommand(session));
        all.put("download", () -> new DownloadCommand(session));
        all.put("definitions", () -> new DefinitionsCommand(session));
        all.put("schedules", () -> new SchedulesCommand(session));
        all.put("backfills", () -> new BackfillsCommand(session));
        all.put("partitions", () -> new PartitionsCommand(session));
        all.put("fires", () -> new FiresCommand(session));
        all.put("simulate", () -> new SimulateCommand(session));
        all.put("files", () -> new FilesCommand(session));
        all.put("explain", () -> new ExplainCommand(session));
        all.put("callbacks", () -> new CallbacksCommand(session));
        all.put("attention", () -> new AttentionCommand(session));
        all.put("endpoints", () -> new EndpointsCommand(session));
        all.put("pools", () -> new PoolsCommand(session));
        all.put("nodes", () -> new NodesCommand(session));
        all.put("audit", () -> new AuditCommand(session));
        all.put("users", () -> new UsersCommand(session));
        all.put("keys", () -> new KeysCommand(session));
        all.put("login", () -> new LoginCommand(session));
        all.put("logout", () -> new LogoutCommand(session));
        all.put("context", () -> new ContextCommand(session));
        all.put("completion", () -> new CompletionCommand(session));
        return all;
    }

    private CommandLine configured(CommandLine commands) {
        Terminal terminal = session.environment().terminal();
        return commands.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() && terminal.outIsTerminal() ? Ansi.ON : Ansi.OFF))
                .registerConverter(int.class, text -> number(text, Integer::valueOf))
                .registerConverter(Integer.class, text -> number(text, Integer::valueOf))
                .registerConverter(long.class, text -> number(text, Long::valueOf))
                .registerConverter(Long.class, text -> number(text, Long::valueOf))
                .registerConverter(Duration.class, Bes::duration)
                .registerConverter(Format.class, Bes::format)
                .setParameterExceptionHandler(this::explain)
                .setExecutionExceptionHandler((e, command, parsed) -> explain(e));
    }

    private static <N extends Number> N number(String text, Function<String, N> reader) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no number, or too large a one");
        }
    }

    private static Duration duration(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new TypeConversionException("'" + text + "' is no time: write 500ms, 30s, 5m or 2h");
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static Format format(String text) {
        try {
            return Format.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no format: write table, json, yaml or csv");
        }
    }

    private int explain(ParameterException e, String[] arguments) {
        if (NO_COMMAND.equals(e.getMessage())) {
            e.getCommandLine().usage(session.environment().terminal().err());
            return ExitCode.USAGE;
        }
        session.printer().error(UsageMistake.sentence(e));
        session.printer().warning("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private int explain(Exception e) {
        if (e instanceof CommandFailedException failed) {
            session.printer().error(Failures.sentence(failed));
            return failed.exitCode();
        }
        if (e instanceof ApiException refused) {
            if (refused.getCause() instanceof CommandFailedException failed) {
                return explain(failed);
            }
            session.printer().error(Failures.sentence(refused, session.server()));
            return ExitCode.REFUSED;
        }
        if (e instanceof NullPointerException) {
            // what an answer lacks is null in its record
            session.printer()
                    .error("The answer of %s lacks what this version of bes expects: is it this service, and as new?"
                            .formatted(session.server()));
            return ExitCode.REFUSED;
        }
        session.printer().error(Failures.sentence(e));
        return ExitCode.FAILED;
    }
}
