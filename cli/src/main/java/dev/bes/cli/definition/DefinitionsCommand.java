package dev.bes.cli.definition;

import dev.bes.api.DefinitionsJson;
import dev.bes.api.DefinitionsJson.DefinitionJson;
import dev.bes.api.DefinitionsJson.ScheduleJson;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bes definitions}: what jobs there are. */
@Command(
        name = "definitions",
        description = "Lists, shows and checks definitions.",
        footer = {"  bes definitions list", "  bes definitions show birdstrikes"})
public final class DefinitionsCommand {
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

    private final Session session;

    /** The command, over a session. */
    public DefinitionsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            description = "Lists the definitions that you may see.",
            footer = {"  bes definitions list", "  bes definitions list -o yaml"})
    int list() {
        DefinitionsJson all = session.api().definitions();
        session.printer().rows(all, all.definitions(), DEFINITIONS, "There is no definition that you may see.");
        return ExitCode.FINISHED;
    }

    @Command(
            name = "show",
            description = "Shows a definition.",
            footer = {"  bes definitions show birdstrikes", "  bes definitions show birdstrikes -o yaml"})
    int show(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        DefinitionJson definition = session.api().definitions().definitions().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailedException.refused(
                        "There is no definition '%s': bes definitions list shows them".formatted(name)));
        session.printer().row(definition, definition, DEFINITIONS);
        session.printer().section(definition.schedules(), SCHEDULES);
        return ExitCode.FINISHED;
    }
}
