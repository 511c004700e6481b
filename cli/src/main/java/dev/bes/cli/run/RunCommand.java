package dev.bes.cli.run;

import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.NewRunJson.RequestInputJson;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Option(
            names = "--blob",
            paramLabel = "INPUT=STORE/PATH",
            description =
                    "A blob for an input, in a store that the settings of the service name; not together with files.")
    private Map<String, String> blobs = Map.of();

    @Option(
            names = "--file",
            paramLabel = "INPUT=ROOT/PATH",
            description =
                    "A file for an input that the service reads, below a root that its settings name; not together with files.")
    private Map<String, String> rootFiles = Map.of();

    @Option(
            names = "--callback",
            paramLabel = "URL",
            description = "An address that is called when the run ends; the settings of the service have to allow it.")
    private @Nullable String callback;

    @Mixin
    private final RequestOptions request = new RequestOptions();

    /** The command, over a session. */
    public RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, RequestInputJson> named = named();
        if (!named.isEmpty() && !files.isEmpty()) {
            throw CommandFailedException.usage("Send files, or name what the service reads, not both");
        }
        NewRunJson run = new NewRunJson(
                definition,
                parameters.isEmpty() ? null : new LinkedHashMap<>(parameters),
                named.isEmpty() ? null : named,
                callback);
        Upload upload = new Upload(run, filesByInput());
        return request.request(session, key -> upload.send(session, key));
    }

    /** Inputs that the service reads from where they are, by name. */
    private Map<String, RequestInputJson> named() {
        Map<String, RequestInputJson> byInput = new LinkedHashMap<>();
        blobs.forEach((input, blob) -> {
            String[] parts = parts(blob, "blob: write STORE/PATH");
            byInput.put(input, RequestInputJson.blob(parts[0], parts[1]));
        });
        rootFiles.forEach((input, file) -> {
            String[] parts = parts(file, "file below a root: write ROOT/PATH");
            if (byInput.put(input, RequestInputJson.file(parts[0], parts[1])) != null) {
                throw CommandFailedException.usage("Input '%s' has a blob and a file".formatted(input));
            }
        });
        return byInput;
    }

    private static String[] parts(String text, String expected) {
        String[] parts = text.split("/", 2);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw CommandFailedException.usage("'%s' is no %s".formatted(text, expected));
        }
        return parts;
    }

    private Map<String, Path> filesByInput() {
        Map<String, Path> byInput = new LinkedHashMap<>();
        for (String file : files) {
            Matcher named = NAMED.matcher(file);
            boolean isNamed = named.matches();
            Path path = Path.of(isNamed ? named.group(2) : file);
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                throw CommandFailedException.usage("There is no file '%s' that can be read".formatted(path));
            }
            String input = isNamed ? named.group(1) : onlyInput();
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
