package dev.bes.cli.service;

import dev.bes.api.installation.EndpointsJson;
import dev.bes.api.installation.EndpointsJson.EndpointJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bes endpoints}: the web services that the service calls. */
@Command(
        name = "endpoints",
        description = "Lists the endpoints, with their health as the calls of the answering node have shown it.",
        footer = {"  bes endpoints", "  bes endpoints -o json"})
public final class EndpointsCommand implements Callable<Integer> {
    private static final Table<EndpointJson> ENDPOINTS = Table.<EndpointJson>of()
            .with("endpoint", EndpointJson::name)
            .with("kind", EndpointJson::kind)
            .with("health", one -> one.health().state(), EndpointsCommand::colour)
            .with("since", one -> one.health().since())
            .with("jobsAtMost", EndpointJson::maxConcurrentJobs)
            .with("definitions", one -> String.join(", ", one.definitions()))
            .with("url", EndpointJson::url)
            .with("reason", one -> one.health().reason());

    private final Session session;

    /** The command, over a session. */
    public EndpointsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        EndpointsJson all = session.api().endpoints();
        session.printer().rows(all, all.endpoints(), ENDPOINTS, "There is no endpoint that you may see.");
        return ExitCode.FINISHED;
    }

    private static Colour colour(EndpointJson endpoint) {
        return switch (endpoint.health().state()) {
            case "healthy" -> Colour.GREEN;
            case "unhealthy" -> Colour.RED;
            default -> Colour.NONE;
        };
    }
}
