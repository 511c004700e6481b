package dev.bes.cli.definition;

import dev.bes.api.client.ApiException;
import dev.bes.api.definition.DefinitionDiffJson;
import dev.bes.api.definition.DefinitionDiffJson.ChangeJson;
import dev.bes.api.definition.DefinitionDiffJson.FireChangeJson;
import dev.bes.api.definition.DefinitionsJson;
import dev.bes.api.definition.DefinitionsJson.DefinitionJson;
import dev.bes.api.definition.DefinitionsJson.ScheduleJson;
import dev.bes.api.definition.ShadowSummaryJson;
import dev.bes.api.definition.ValidationJson;
import dev.bes.api.definition.ValidationJson.FindingJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes definitions}: what jobs there are. */
@Command(
        name = "definitions",
        description = "Lists, shows and checks definitions.",
        footer = {
            "  bes definitions list",
            "  bes definitions validate birdstrikes.yaml",
            "  bes definitions diff birdstrikes.yaml",
            "  bes definitions shadow strike-damage"
        })
public final class DefinitionsCommand implements Callable<Integer> {
    /** What the service takes at most; more is no definition. */
    private static final long MOST_BYTES = 1024 * 1024;

    private static final Table<DefinitionJson> DEFINITIONS = Table.<DefinitionJson>of()
            .with("definition", DefinitionJson::name)
            .with("endpoint", DefinitionJson::endpoint)
            .with("inputs", one -> String.join(", ", one.inputs().keySet()))
            .with("outputs", one -> String.join(", ", one.outputs()))
            .with("schedules", one -> one.schedules().size())
            .with("dropFolders", one -> one.dropFolders().size())
            .with("description", DefinitionJson::description);
    private static final Table<ScheduleJson> SCHEDULES = Table.<ScheduleJson>of()
            .with("schedule", ScheduleJson::name)
            .with("cron", ScheduleJson::cron)
            .with("zone", ScheduleJson::zone)
            .with(
                    "next",
                    one -> one.next().isEmpty() ? "never again" : one.next().getFirst());
    private static final Table<FindingJson> FINDINGS = Table.<FindingJson>of()
            .with("line", FindingJson::line)
            .with("column", FindingJson::column)
            .with(
                    "severity",
                    FindingJson::severity,
                    one -> one.severity().equals("mistake") ? Colour.RED : Colour.YELLOW)
            .with("message", FindingJson::message)
            .with("hint", FindingJson::hint);
    private static final Table<ChangeJson> CHANGES = Table.<ChangeJson>of()
            .with("key", ChangeJson::key)
            .with("loaded", ChangeJson::loaded, one -> Colour.RED)
            .with("sent", ChangeJson::sent, one -> Colour.GREEN);

    private static final Table<FireChangeJson> FIRES = Table.<FireChangeJson>of()
            .with("schedule", FireChangeJson::schedule)
            .with("fireTime", FireChangeJson::time)
            .with("change", FireChangeJson::change, one -> one.change().equals("added") ? Colour.GREEN : Colour.RED);

    private static final int NOT_FOUND = 404;

    private final Session session;

    /** The command, over a session. */
    public DefinitionsCommand(Session session) {
        this.session = session;
    }

    /** Lists, when no other command is named. */
    @Override
    public Integer call() {
        return list();
    }

    @Command(
            name = "list",
            description = "Lists the definitions that you may see.",
            footer = {"  bes definitions list", "  bes definitions list -o yaml"})
    int list() {
        DefinitionsJson all = session.api().definitions();
        session.printer().rows(all, all.definitions(), DEFINITIONS, "There is no definition that you may see.");
        session.tellRest(all.next());
        return ExitCode.FINISHED;
    }

    @Command(
            name = "show",
            description = "Shows a definition.",
            footer = {"  bes definitions show birdstrikes", "  bes definitions show birdstrikes -o yaml"})
    int show(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        DefinitionJson definition = session.api().definition(name);
        session.printer().row(definition, definition, DEFINITIONS);
        session.printer().section(definition.schedules(), SCHEDULES);
        return ExitCode.FINISHED;
    }

    @Command(
            name = "validate",
            description = {
                "Lets the service check the file of a definition, against its own endpoints and folders. Nothing is changed.",
                "Without a service, scripts/validate checks a folder. Exit code 1 if there are mistakes."
            },
            footer = {
                "  bes definitions validate birdstrikes.yaml",
                "  bes definitions validate birdstrikes.yaml -o json"
            })
    int validate(@Parameters(paramLabel = "FILE", description = "The YAML file.") Path file) {
        ValidationJson result = session.api().validate(read(file));
        session.printer().rows(result, result.findings(), FINDINGS, file + " has no mistakes.");
        return result.valid() ? ExitCode.FINISHED : ExitCode.FAILED;
    }

    @Command(
            name = "diff",
            description = {
                "Compares the file of a definition with the definition that the service has loaded, and the times at which their"
                        + " schedules fire in the next 30 days.",
                "Exit code 1 if they differ."
            },
            footer = {"  bes definitions diff birdstrikes.yaml", "  bes definitions diff new.yaml --with birdstrikes"})
    int diff(
            @Parameters(paramLabel = "FILE", description = "The YAML file.") Path file,
            @Option(
                            names = "--with",
                            paramLabel = "NAME",
                            description = "The loaded definition. Default: the one of the file's name.")
                    @Nullable
                    String with) {
        String name = with == null ? String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "") : with;
        byte[] text = read(file);
        DefinitionDiffJson diff;
        try {
            diff = session.api().diff(name, text);
        } catch (ApiException e) {
            if (with == null && e.status() == NOT_FOUND) {
                session.printer()
                        .warning("The file is compared with the definition of its name; another one: --with NAME");
            }
            throw e;
        }
        session.printer().rows(diff, diff.changes(), CHANGES, "There is no difference.");
        session.printer().section(diff.fires(), FIRES);
        if (diff.fires().isEmpty() && !diff.same()) {
            session.printer().note("No fire time of the next 30 days changes.");
        }
        return diff.same() ? ExitCode.FINISHED : ExitCode.FAILED;
    }

    @Command(
            name = "shadow",
            description = {
                "Sums up what the last shadows of a definition have found, to decide whether to move it.",
                "Exit code 1 if any of them differs, failed or could not be compared."
            },
            footer = {"  bes definitions shadow strike-damage", "  bes definitions shadow strike-damage --last 100"})
    int shadow(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(names = "--last", paramLabel = "N", description = "How many, from 1 to 10,000. Default: 1000.")
                    @Nullable
                    Integer last) {
        ShadowSummaryJson summary = session.api().shadow(name, last);
        session.printer().row(summary, summary, ShadowTables.SUMMARY);
        session.printer().section(summary.columns(), ShadowTables.COLUMNS);
        if (summary.differs() > 0) {
            session.printer().note("bes show RUN says in what an output differs: rows, columns and values.");
        }
        return summary.differs() + summary.failed() + summary.notComparable() == 0
                ? ExitCode.FINISHED
                : ExitCode.FAILED;
    }

    private static byte[] read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
                throw CommandFailedException.usage("'%s' is too large for a definition".formatted(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandFailedException.usage("There is no file '%s' that can be read".formatted(file));
        }
    }
}
