package dev.bes.cli.setup;

import dev.bes.api.MeJson;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.Contexts;
import dev.bes.cli.session.Contexts.Context;
import dev.bes.cli.session.ContextsFile;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Server;
import dev.bes.cli.session.Session;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bes login}: keeps an API key in a context. */
@Command(
        name = "login",
        description = {
            "Asks for an API key, checks that the service takes it, and keeps it in the current context, or in that of --context.",
            "Make a key on the page of keys, after you have signed in with your browser. From a pipe, the key is read as one line."
        },
        footer = {
            "  bes login https://bes.example.com",
            "  bes --context production login",
            "  bes login https://bes.example.com < key.txt"
        })
public final class LoginCommand implements Callable<Integer> {
    private static final String FIRST_NAME = "default";
    private static final Table<MeJson> ME =
            Table.<MeJson>of().with("signedInAs", MeJson::name).with("grants", me -> String.join(" ", me.grants()));

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The address of the service. Default: that of the context.")
    private @Nullable String url;

    /** The command, over a session. */
    public LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ContextsFile file = session.contextsFile();
        Contexts contexts = file.read();
        String name = name(contexts);
        Context known = contexts.contexts().get(name);
        String address = url != null
                ? url
                : known != null ? known.server() : session.server().toString();
        // a key that was given for one address is never sent to another one unasked
        boolean insecure = known != null && known.insecure() && known.server().equals(address);
        Server server = Server.of(address, null, insecure);
        Server signedIn = Server.of(server.toString(), key(server), insecure);
        MeJson me;
        try (OrchestratorClient client = Session.client(signedIn)) {
            me = client.api().me();
        }
        file.write(contexts.with(name, new Context(signedIn.toString(), signedIn.key(), insecure)));
        session.printer().row(me, me, ME);
        session.printer().note("The key is kept in context '%s' (%s).".formatted(name, file.file()));
        return ExitCode.FINISHED;
    }

    private String name(Contexts contexts) {
        if (session.options().context() != null) {
            return ContextCommand.requireName(session.options().context());
        }
        return Objects.requireNonNullElse(contexts.current(), FIRST_NAME);
    }

    private String key(Server server) throws IOException {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        String key;
        if (terminal.isPresent()) {
            char[] typed = terminal.get().readPassword("API key for %s: ", server);
            key = typed == null ? "" : new String(typed);
        } else {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(session.environment().in(), StandardCharsets.UTF_8));
            key = Objects.requireNonNullElse(in.readLine(), "");
        }
        if (key.isBlank()) {
            throw CommandFailedException.usage("There is no key on standard input: make one on the page of keys");
        }
        return key.strip();
    }
}
