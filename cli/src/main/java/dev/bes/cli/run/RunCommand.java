package dev.bes.cli.run;

import dev.bes.api.AcceptedRunJson;
import dev.bes.api.DefinitionsJson.DefinitionJson;
import dev.bes.api.NewRunJson;
import dev.bes.api.RunDetailJson;
import dev.bes.api.client.AcceptedRun;
import dev.bes.api.client.ApiException;
import dev.bes.cli.output.Printer;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes run}: requests a run, and waits for its end if asked to. */
@Command(
        name = "run",
        description = {
            "Requests a run of a definition, with the files that you send along or, without any, those that it names.",
            "A request that has no answer is sent again with the same idempotency key: it never becomes two runs."
        },
        footer = {
            "  bes run birdstrikes",
            "  bes run birdstrikes mine.csv --wait",
            "  bes run birdstrikes input1=mine.csv --param month=2026-10 --idempotency-key birds-2026-10"
        })
public final class RunCommand implements Callable<Integer> {
    private static final Pattern NAMED = Pattern.compile("([^/=]+)=(.+)", Pattern.DOTALL);
    private static final Table<AcceptedRunJson> ACCEPTED = Table.<AcceptedRunJson>of()
            .with("run", AcceptedRunJson::id)
            .with("definition", AcceptedRunJson::definition);

    private final Session session;

    @Parameters(index = "0", paramLabel = "DEFINITION", description = "The name of the definition.")
    private String definition = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "[INPUT=]FILE",
            hideParamSyntax = true,
            description = "A file for an input. The name may be left out if the definition has one input.")
    private List<String> files = List.of();

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "A parameter of the request.")
    private Map<String, String> parameters = Map.of();

    @Option(names = "--wait", description = "Waits for the end of the run; the exit code says how it ended.")
    private boolean wait;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Makes a repeated request the same request. Default: a random one.")
    private @Nullable String key;

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            description = "How long a service that does not answer is asked again, such as 30s or 5m. Default: 5m.")
    private Duration retryFor = Duration.ofMinutes(5);

    /** The command, over a session. */
    public RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String used = key == null ? UUID.randomUUID().toString() : key;
        NewRunJson run = new NewRunJson(definition, parameters.isEmpty() ? null : new LinkedHashMap<>(parameters));
        Printer printer = session.printer();
        if (session.options().verbose()) {
            printer.warning("Idempotency key: " + used);
        }
        AcceptedRun accepted = send(new RunRequest(run, filesByInput(), used, retryFor));
        if (!wait) {
            printer.row(accepted.run(), accepted.run(), ACCEPTED);
            return ExitCode.FINISHED;
        }
        printer.note("Run %d%s".formatted(accepted.id(), accepted.replayed() ? " (an earlier request made it)" : ""));
        RunDetailJson ended = new RunWait(session, retryFor).untilEnd(accepted.id());
        printer.row(ended, ended.run(), RunTables.RUNS);
        return RunWait.exitCode(ended.run());
    }

    private AcceptedRun send(RunRequest request) {
        try {
            return request.send(session);
        } catch (ApiException e) {
            if (!e.isAnswered()) {
                session.printer()
                        .warning("It is not known whether the run was accepted. To find out, repeat the command with"
                                + " --idempotency-key " + request.key());
            }
            throw e;
        }
    }

    private Map<String, Path> filesByInput() {
        Map<String, Path> byInput = new LinkedHashMap<>();
        for (String file : files) {
            Matcher named = NAMED.matcher(file);
            boolean isNamed = named.matches();
            Path path = Path.of(isNamed ? named.group(2) : file);
            String input = isNamed ? named.group(1) : onlyInput();
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw CommandFailedException.usage("There is no file '%s' that can be read".formatted(path));
            }
            if (byInput.put(input, path) != null) {
                throw CommandFailedException.usage("Input '%s' has two files: send one".formatted(input));
            }
        }
        return byInput;
    }

    private String onlyInput() {
        List<String> inputs = session.api().definitions().definitions().stream()
                .filter(one -> one.name().equals(definition))
                .map(DefinitionJson::inputs)
                .flatMap(all -> all.keySet().stream())
                .toList();
        return switch (inputs.size()) {
            case 0 ->
                throw CommandFailedException.refused(
                        "There is no definition '%s': bes definitions list shows them".formatted(definition));
            case 1 -> inputs.getFirst();
            default ->
                throw CommandFailedException.usage(
                        "Definition '%s' has several inputs: write INPUT=FILE, with one of %s"
                                .formatted(definition, String.join(", ", inputs)));
        };
    }
}
