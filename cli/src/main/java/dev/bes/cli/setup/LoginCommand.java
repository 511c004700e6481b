package dev.bes.cli.setup;

import dev.bes.api.account.MeJson;
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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes login}: keeps an API key in a context. */
@Command(
        name = "login",
        description = {
            "Keeps an API key in the current context, or in that of --context, after the service has taken it.",
            "Asks for a key that you made on the page of keys; with --user, asks for your password instead, and makes a key.",
            "What you type is not shown. From a pipe, it is read as one line."
        },
        footer = {
            "  bes login https://bes.example.com",
            "  bes login https://bes.example.com --user mary --days 30",
            "  bes --context production login",
            "  bes login https://bes.example.com < key.txt"
        })
public final class LoginCommand implements Callable<Integer> {
    private static final String FIRST_NAME = "default";
    private static final int LONGEST_HOST = 60;
    private static final Table<MeJson> ME =
            Table.<MeJson>of().with("signedInAs", MeJson::name).with("grants", me -> String.join(" ", me.grants()));

    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The address of the service. Default: that of the context.")
    private @Nullable String url;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Your name as a user of the service; asks for the password, and makes a key by it.")
    private @Nullable String user;

    @Option(names = "--days", paramLabel = "DAYS", description = "With --user: how long the key is valid. Default: 90.")
    private @Nullable Integer days;

    /** The command, over a session. */
    public LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (user == null && days != null) {
            throw CommandFailedException.usage("--days is for the key that is made with --user");
        }
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
        if (user == null) {
            String key = secret("API key for %s: ".formatted(server));
            if (key.isBlank()) {
                throw CommandFailedException.usage("There is no key on standard input: make one on the page of keys");
            }
            return key.strip();
        }
        server.requireEncryption("password");
        String password = secret("Password of %s at %s: ".formatted(user, server));
        if (password.isEmpty()) {
            throw CommandFailedException.usage("There is no password on standard input");
        }
        try (PasswordSignIn signIn = new PasswordSignIn(server)) {
            return signIn.key(user, password, "bes on " + host(), days);
        }
    }

    /** What the user types without seeing it, or a line of standard input. */
    private String secret(String question) throws IOException {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            char[] typed = terminal.get().readPassword("%s", question);
            return typed == null ? "" : new String(typed);
        }
        BufferedReader in =
                new BufferedReader(new InputStreamReader(session.environment().in(), StandardCharsets.UTF_8));
        return Objects.requireNonNullElse(in.readLine(), "");
    }

    /** The name of this machine, by which the user knows the key again. */
    private static String host() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "");
        } catch (UnknownHostException e) {
            name = "";
        }
        return name.isEmpty() ? "this machine" : name.substring(0, Math.min(name.length(), LONGEST_HOST));
    }
}
