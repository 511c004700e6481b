package dev.bes.cli.setup;

import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.Contexts;
import dev.bes.cli.session.Contexts.Context;
import dev.bes.cli.session.ContextsFile;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Server;
import dev.bes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes context}: the servers that the user has named. */
@Command(
        name = "context",
        description = {
            "Names servers, and chooses the one that is called.",
            "They are kept in $XDG_CONFIG_HOME/bes/config.yaml, which only you can read, with their keys."
        },
        footer = {
            "  bes context add production https://bes.example.com",
            "  bes context use production",
            "  bes --context test runs"
        })
public final class ContextCommand implements Callable<Integer> {
    private static final Table<ContextJson> CONTEXTS = Table.<ContextJson>of()
            .with("context", ContextJson::name)
            .with("server", ContextJson::server)
            .with("key", one -> one.hasKey() ? "yes" : "none")
            .with("current", one -> one.current() ? "*" : "");

    private final Session session;

    /** The command, over a session. */
    public ContextCommand(Session session) {
        this.session = session;
    }

    /** Lists, when no other command is named. */
    @Override
    public Integer call() {
        return list();
    }

    /** A context, without its key. */
    record ContextJson(String name, String server, boolean hasKey, boolean current) {}

    @Command(
            name = "list",
            description = "Lists the contexts. Keys are not shown.",
            footer = {"  bes context list"})
    int list() {
        Contexts contexts = session.contextsFile().read();
        List<ContextJson> all = contexts.contexts().entrySet().stream()
                .map(entry -> new ContextJson(
                        entry.getKey(),
                        entry.getValue().server(),
                        entry.getValue().key() != null,
                        entry.getKey().equals(contexts.current())))
                .toList();
        session.printer().rows(all, all, CONTEXTS, "There is no context: bes context add NAME URL makes one.");
        return ExitCode.FINISHED;
    }

    @Command(
            name = "add",
            description = "Adds a context, without a key: bes login gets one. The first one becomes the current one.",
            footer = {
                "  bes context add production https://bes.example.com",
                "  bes context add test http://127.0.0.1:8080"
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "Its name: letters, digits, dots and dashes.") String name,
            @Parameters(paramLabel = "URL", description = "The address of the service.") String url,
            @Option(
                            names = "--insecure",
                            description =
                                    "Allows the key to go over http to another machine, where others may read it.")
                    boolean insecure) {
        requireName(name);
        String server = Server.of(url, null, insecure).toString();
        ContextsFile file = session.contextsFile();
        Contexts contexts = file.read();
        if (contexts.contexts().containsKey(name)) {
            throw CommandFailedException.usage(
                    "There is a context '%s' already: bes context remove %s takes it away".formatted(name, name));
        }
        file.write(contexts.with(name, new Context(server, null, insecure)));
        session.printer().note("Context '%s' is %s.".formatted(name, server));
        return ExitCode.FINISHED;
    }

    @Command(
            name = "use",
            description = "Makes a context the current one.",
            footer = {"  bes context use production"})
    int use(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        ContextsFile file = session.contextsFile();
        Contexts contexts = file.read();
        Context context = contexts.require(name);
        file.write(contexts.using(name));
        session.printer().note("Commands call %s now.".formatted(context.server()));
        return ExitCode.FINISHED;
    }

    @Command(
            name = "remove",
            description = "Removes a context and its key from the file. The key stays valid until it is revoked.",
            footer = {"  bes context remove test"})
    int remove(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
        ContextsFile file = session.contextsFile();
        Contexts contexts = file.read();
        contexts.require(name);
        file.write(contexts.without(name));
        session.printer().note("Context '%s' is removed.".formatted(name));
        return ExitCode.FINISHED;
    }

    /**
     * Checks the name of a context.
     *
     * @return the name
     * @throws CommandFailedException if it can't be one
     */
    static String requireName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw CommandFailedException.usage(
                    "'%s' is no name for a context: use letters, digits, dots and dashes".formatted(name));
        }
        return name;
    }
}
