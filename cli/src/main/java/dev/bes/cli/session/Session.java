package dev.bes.cli.session;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.cli.output.Printer;
import dev.bes.cli.output.ProgressBar;
import dev.bes.cli.session.Contexts.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of the command: its options, its server, and where it prints. */
public final class Session implements AutoCloseable {
    private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Environment environment;
    private final GlobalOptions options;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable OrchestratorClient client;

    /** A session that calls nobody yet. */
    public Session(Environment environment, GlobalOptions options) {
        this.environment = environment;
        this.options = options;
    }

    /** What surrounds the process. */
    public Environment environment() {
        return environment;
    }

    /** The options of all commands. */
    public GlobalOptions options() {
        return options;
    }

    /** Prints in the format that was asked for. */
    public Printer printer() {
        return new Printer(environment.terminal(), options.format(), options.quiet(), environment.zone());
    }

    /** A progress bar; it shows nothing without a terminal. */
    public ProgressBar progressBar() {
        return new ProgressBar(environment.terminal(), options.quiet());
    }

    /** The file of the contexts. */
    public ContextsFile contextsFile() {
        return ContextsFile.of(environment.variables());
    }

    /**
     * The server to call: that of {@code --context}, else that of {@code BES_SERVER}, else that of the current context, else the
     * one of this machine. A key goes to no other server than the one that it stands beside.
     *
     * @throws CommandFailedException if the configuration is wrong
     */
    public Server server() {
        Map<String, String> variables = environment.variables();
        String address = variables.get("BES_SERVER");
        String key = variables.get("BES_API_KEY");
        boolean insecure = "true".equalsIgnoreCase(variables.get("BES_INSECURE"));
        if (options.context() != null) {
            Context context = contextsFile().read().require(options.context());
            return Server.of(context.server(), context.key(), context.insecure());
        }
        if (address != null) {
            return Server.of(address, key, insecure);
        }
        Contexts contexts = contextsFile().read();
        if (contexts.current() == null) {
            return Server.of(DEFAULT_SERVER, key, insecure);
        }
        Context context = contexts.require(contexts.current());
        return Server.of(context.server(), key == null ? context.key() : key, insecure || context.insecure());
    }

    /** The client of the server; each call may take 60 s. */
    public OrchestratorClient client() {
        if (client == null) {
            Server server = server();
            if (options.verbose()) {
                printer().warning("Server: " + server);
            }
            client = client(server);
        }
        return client;
    }

    /** A client of a server that is not the configured one; the caller closes it. */
    public static OrchestratorClient client(Server server) {
        return new OrchestratorClient(server.url(), CONNECT_TIMEOUT, TIMEOUT, server.key());
    }

    /** The calls of the API, each one request. */
    public OrchestratorApi api() {
        return client().api();
    }

    /**
     * Says that a list goes on after what was shown.
     *
     * @param next the address of the rest; null if there is none
     */
    public void tellRest(@Nullable String next) {
        if (next != null) {
            printer().note("There are more: these are the first ones, and the API has the rest (docs/api.md)");
        }
    }

    /** Waits, unless the session is closed meanwhile. */
    public void pause(Duration pause) {
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw CommandFailedException.failed("Interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("Interrupted");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (client != null) {
            client.close();
        }
    }
}
