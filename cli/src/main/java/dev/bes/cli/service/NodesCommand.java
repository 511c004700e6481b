package dev.bes.cli.service;

import dev.bes.api.installation.NodesJson;
import dev.bes.api.installation.NodesJson.NodeJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bes nodes}: the processes of the service. */
@Command(
        name = "nodes",
        description = "Lists the nodes of the service, by their heartbeats.",
        footer = {"  bes nodes", "  bes nodes -o csv"})
public final class NodesCommand implements Callable<Integer> {
    private static final Table<NodeJson> NODES = Table.<NodeJson>of()
            .with("node", NodeJson::name)
            .with("state", one -> one.alive() ? "alive" : "gone", one -> one.alive() ? Colour.GREEN : Colour.GREY)
            .with("startedAt", NodeJson::startedAt)
            .with("lastHeartbeatAt", NodeJson::lastHeartbeatAt)
            .with("clockSkewMs", NodeJson::clockSkewMs)
            .with("answers", one -> one.answering() ? "*" : "");

    private final Session session;

    /** The command, over a session. */
    public NodesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        NodesJson all = session.api().nodes();
        session.printer().rows(all, all.nodes(), NODES, "There is no node.");
        return ExitCode.FINISHED;
    }
}
