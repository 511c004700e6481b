package dev.bes.cli.setup;

import dev.bes.api.client.ApiException;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.Contexts;
import dev.bes.cli.session.Contexts.Context;
import dev.bes.cli.session.ContextsFile;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Server;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/** {@code bes logout}: revokes the API key of a context. */
@Command(
        name = "logout",
        description = {
            "Revokes the API key of the current context, or of that of --context, and removes it from the file.",
            "The address of the service stays: bes login keeps another key there."
        },
        footer = {"  bes logout", "  bes --context production logout"})
public final class LogoutCommand implements Callable<Integer> {
    private static final Pattern KEY = Pattern.compile("bes_([0-9a-f]{12})_[0-9a-f]{64}");
    private static final int UNAUTHORIZED = 401;

    private final Session session;

    /** The command, over a session. */
    public LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ContextsFile file = session.contextsFile();
        Contexts contexts = file.read();
        String name = session.options().context() == null
                ? contexts.current()
                : session.options().context();
        if (name == null) {
            throw CommandFailedException.usage("There is no context, and so no key: bes context list shows them");
        }
        Context context = contexts.require(name);
        String key = context.key();
        if (key == null) {
            throw CommandFailedException.usage("Context '%s' has no key".formatted(name));
        }
        String became = revoke(Server.of(context.server(), key, context.insecure()), key);
        file.write(contexts.with(name, new Context(context.server(), null, context.insecure())));
        session.printer().note("Signed out of %s: %s.".formatted(context.server(), became));
        return ExitCode.FINISHED;
    }

    private static String revoke(Server server, String key) {
        Matcher ours = KEY.matcher(key);
        if (!ours.matches()) {
            return "the token is forgotten; it is valid until it expires";
        }
        try (OrchestratorClient client = Session.client(server)) {
            client.api().revokeKey(ours.group(1));
            return "the key is revoked";
        } catch (ApiException e) {
            if (e.status() != UNAUTHORIZED) {
                throw e;
            }
            return "the key was not valid any more";
        }
    }
}
