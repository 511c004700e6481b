package dev.bes.testbench.chaos;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.testbench.process.Signal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** All the parts of a run, and the only place that starts and ends them. */
final class Stage implements AutoCloseable {

    private static final int DATABASE_MEGABYTES = 320;
    private static final int OUTPUT_MEGABYTES = 32;
    private static final Duration LEAST = Duration.ofMillis(200);
    private static final Duration MOST = Duration.ofSeconds(2);

    private final ChaosFolder folder;
    private final FakeClock.Means clocks = FakeClock.Means.ofThisMachine();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final NodeApi api = new NodeApi();
    private final SmallDisk databaseDisk;
    private final SmallDisk outputDisk;
    private final Database database;
    private final Sandbox sandbox;
    private final List<ChaosNode> nodes = new ArrayList<>();
    private final List<NodeSettings> settings = new ArrayList<>();

    private Stage(ChaosFolder folder, int nodes) {
        this.folder = folder;
        try {
            databaseDisk = keep(SmallDisk.at(folder.databaseDisk(), DATABASE_MEGABYTES));
            outputDisk = keep(SmallDisk.at(folder.outputDisk(), OUTPUT_MEGABYTES));
            database = keep(Database.start(folder, databaseDisk));
            sandbox = keep(Sandbox.start(SandboxOptions.defaults()
                    .withData(folder.sandbox())
                    .withAzurite(folder.project().resolve("sandbox/azurite"))
                    .withServiceTime(LEAST, MOST)));
            for (int number = 0; number < nodes; number++) {
                addNode(number);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts everything but the nodes. */
    static Stage set(ChaosFolder folder, int nodes) {
        return new Stage(folder, nodes);
    }

    /** Starts the nodes, and returns when all are ready. */
    void startNodes() {
        for (int number = 0; number < nodes.size(); number++) {
            nodes.get(number).start(settings.get(number).all());
        }
        awaitNodes();
    }

    /**
     * Makes everything well again, whatever was done to it, and returns when all nodes are ready.
     *
     * @throws ChaosFailure when a node does not get ready
     */
    void heal() {
        databaseDisk.free();
        outputDisk.free();
        database.server().start();
        takeChangesAgain();
        for (ChaosNode node : nodes) {
            node.folders().goOn();
            node.links().clear();
            node.clock().stepTo(Duration.ZERO);
            node.signal(Signal.CONT);
        }
        nodes.parallelStream().forEach(ChaosNode::startAndAwaitReady);
        awaitNodes();
    }

    private void takeChangesAgain() {
        try {
            database.setReadOnly(false);
        } catch (SQLException e) {
            throw new ChaosFailure("The database stays read-only: " + e.getMessage(), e);
        }
    }

    /** Asks all nodes to end; how many did not heed. */
    long terminateNodes() {
        return nodes.parallelStream().filter(node -> !node.terminate()).count();
    }

    private void awaitNodes() {
        for (ChaosNode node : nodes) {
            if (!node.awaitReady()) {
                throw new ChaosFailure(node.name() + " does not get ready; see " + folder.nodeLog(node.name()));
            }
        }
    }

    ChaosFolder folder() {
        return folder;
    }

    FakeClock.Means clocks() {
        return clocks;
    }

    NodeApi api() {
        return api;
    }

    SmallDisk databaseDisk() {
        return databaseDisk;
    }

    SmallDisk outputDisk() {
        return outputDisk;
    }

    Database database() {
        return database;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    List<ChaosNode> nodes() {
        return nodes;
    }

    ChaosNode node(int number) {
        return nodes.get(number);
    }

    /** What no node may ever show. */
    Map<String, String> secrets() {
        return settings.getFirst().secrets();
    }

    /** Ends everything, what needs the others first. */
    @Override
    public synchronized void close() {
        nodes.parallelStream().forEach(ChaosNode::close);
        nodes.clear();
        api.close();
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
    }

    private void addNode(int number) {
        URI remote = sandbox.managedUrl();
        URI blobs = URI.create(sandbox.blobConnectionString().replaceAll(".*BlobEndpoint=([^;]+).*", "$1"));
        Links links = new Links(Map.of(
                Link.API, local(remote.getPort()),
                Link.BLOBS, local(blobs.getPort()),
                Link.DATABASE, local(database.server().port())));
        nodes.add(new ChaosNode(number, folder, links, clocks, api::isReady));
        settings.add(new NodeSettings(folder, sandbox, links));
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    @SuppressWarnings("try") // the parts are not interrupted by their own closing
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new ChaosFailure("Could not end " + part.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
