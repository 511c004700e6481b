package dev.bes.cli.service;

import dev.bes.api.installation.FilesJson;
import dev.bes.api.installation.FilesJson.FileJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.PageOptions;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes files}: what has become of the entries of drop folders. */
@Command(
        name = "files",
        description = "Lists the entries of drop folders, the last seen first: also those that no definition takes.",
        footer = {
            "  bes files --state ignored",
            "  bes files --name 'strikes-*' --definition birdstrikes -o json",
            "  bes files retry 4711"
        })
public final class FilesCommand implements Callable<Integer> {
    private static final Table<FileJson> FILES = Table.<FileJson>of()
            .with("id", FileJson::id)
            .with("name", FileJson::name)
            .with("state", FileJson::state, one -> switch (one.state()) {
                case "ignored", "quarantined" -> Colour.RED;
                case "archived" -> Colour.GREEN;
                default -> Colour.YELLOW;
            })
            .with("definition", FileJson::definition)
            .with("run", FileJson::run)
            .with("seen", FileJson::seen)
            .with("since", FileJson::since)
            .with("folder", FileJson::folder)
            .with("reason", FileJson::reason);

    @Option(names = "--definition", paramLabel = "NAME", description = "Only those of this definition.")
    private @Nullable String definition;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Only those in this state: seen, settling, complete, grouped, claimed, scored, archived, deleted,"
                            + " duplicate, quarantined, retried, ignored or gone.")
    private @Nullable String state;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Only those of this name; with a * at its end, those whose names begin so.")
    private @Nullable String name;

    @Option(names = "--from", paramLabel = "DAY", description = "First seen on this day or time, in UTC, or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Up to this day, included, or this time, in UTC.")
    private @Nullable String to;

    @Mixin
    private PageOptions page = new PageOptions();

    private final Session session;

    /** The command, over a session. */
    public FilesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        FilesJson found = session.api().files(definition, state, name, from, to, page.cursor(), page.limit());
        session.printer().rows(found, found.files(), FILES, "There is no such file.");
        page.tellNext(session, found.next());
        return ExitCode.FINISHED;
    }

    @Command(
            name = "retry",
            description = "Puts a file in quarantine back into its drop folder, where it is scored as a new one.",
            footer = {"  bes files retry 4711"})
    int retry(@Parameters(paramLabel = "ID", description = "Its number, as listed.") long id) {
        FileJson file = session.api().retryFile(id);
        session.printer().row(file, file, FILES);
        return ExitCode.FINISHED;
    }
}
