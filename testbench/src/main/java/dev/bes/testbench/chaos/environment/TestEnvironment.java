package dev.bes.testbench.chaos.environment;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.testbench.process.FreePort;
import dev.bes.testbench.process.Signal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The system under test. It alone starts and ends the parts. */
public final class TestEnvironment implements AutoCloseable {

    private static final int DATABASE_MEGABYTES = 320;
    private static final int OUTPUT_MEGABYTES = 32;

    private final ChaosKind kind;
    private final ChaosFolder folder;
    private final FakeClock.Library faketime = FakeClock.Library.find();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final NodeApi api = new NodeApi();
    private final int callbackPort = FreePort.find();
    private final SmallDisk databaseDisk;
    private final SmallDisk outputDisk;
    private final ChaosDatabase database;
    private final Sandbox sandbox;
    private final List<ChaosNode> nodes = new ArrayList<>();
    private final List<ChaosNodeSettings> settings = new ArrayList<>();

    private TestEnvironment(ChaosKind kind, ChaosFolder folder, int nodes) {
        this.kind = kind;
        this.folder = folder;
        try {
            databaseDisk = keep(SmallDisk.at(folder.databaseDisk(), DATABASE_MEGABYTES));
            outputDisk = keep(SmallDisk.at(folder.outputDisk(), OUTPUT_MEGABYTES));
            database = keep(ChaosDatabase.start(folder, databaseDisk));
            sandbox = keep(Sandbox.start(kind.sandbox(SandboxOptions.defaults()
                    .withData(folder.sandbox())
                    .withAzurite(folder.project().resolve("sandbox/azurite")))));
            lake().createIfNotExists();
            for (int number = 0; number < nodes; number++) {
                addNode(number);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts everything but the nodes. */
    public static TestEnvironment start(ChaosKind kind, ChaosFolder folder, int nodes) {
        return new TestEnvironment(kind, folder, nodes);
    }

    /** Starts the nodes; returns when all are ready. */
    public void startNodes() {
        for (int number = 0; number < nodes.size(); number++) {
            nodes.get(number).start(settings.get(number).all());
        }
        awaitNodes();
    }

    /**
     * Ends all faults; returns when all nodes are ready.
     *
     * @throws ChaosFailure when a node does not become ready
     */
    public void repair() {
        databaseDisk.free();
        outputDisk.free();
        database.server().start();
        makeWritable();
        for (ChaosNode node : nodes) {
            node.folders().resume();
            node.proxies().clear();
            node.clock().stepTo(Duration.ZERO);
            node.signal(Signal.CONT);
        }
        nodes.parallelStream().forEach(ChaosNode::startAndAwaitReady);
        awaitNodes();
    }

    private void makeWritable() {
        try {
            database.setReadOnly(false);
        } catch (SQLException e) {
            throw new ChaosFailure("The database stays read-only: " + e.getMessage(), e);
        }
    }

    /** Sends SIGTERM to all nodes; returns how many did not end in time. */
    public long terminateNodes() {
        return nodes.parallelStream().filter(node -> !node.terminate()).count();
    }

    private void awaitNodes() {
        for (ChaosNode node : nodes) {
            if (!node.awaitReady()) {
                throw new ChaosFailure(node.name() + " does not become ready; see " + folder.nodeLog(node.name()));
            }
        }
    }

    /** The kind of the remote services. */
    public ChaosKind kind() {
        return kind;
    }

    /** The folder of the experiment. */
    public ChaosFolder folder() {
        return folder;
    }

    /** The library that changes the clocks of nodes. */
    public FakeClock.Library faketime() {
        return faketime;
    }

    /** The API of all nodes. */
    public NodeApi api() {
        return api;
    }

    /** The disk of the database. */
    public SmallDisk databaseDisk() {
        return databaseDisk;
    }

    /** The disk of the outputs. */
    public SmallDisk outputDisk() {
        return outputDisk;
    }

    /** The database of the nodes. */
    public ChaosDatabase database() {
        return database;
    }

    /** The emulated remote services. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** The container whose blobs become runs, reached without faults. */
    public BlobContainerClient lake() {
        return new BlobServiceClientBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .connectionString(sandbox.blobConnectionString())
                .buildClient()
                .getBlobContainerClient(ChaosNodeSettings.LAKE);
    }

    /** The port at which nodes tell of the ends of runs. */
    public int callbackPort() {
        return callbackPort;
    }

    /** All nodes. */
    public List<ChaosNode> nodes() {
        return nodes;
    }

    /** A node by its number. */
    public ChaosNode node(int number) {
        return nodes.get(number);
    }

    /** Values that no node may show, by name. */
    public Map<String, String> secrets() {
        return settings.getFirst().secrets();
    }

    /** Ends everything: first the nodes, then what they use. */
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
        Map<Link, InetSocketAddress> targets = new EnumMap<>(Link.class);
        kind.links().forEach(link -> targets.put(link, local(port(link))));
        NodeProxies proxies = new NodeProxies(targets);
        nodes.add(new ChaosNode(number, folder, proxies, faketime, api::isReady));
        settings.add(new ChaosNodeSettings(kind, folder, sandbox, proxies, callbackPort));
    }

    private int port(Link link) {
        return switch (link) {
            case BLOBS ->
                URI.create(sandbox.blobConnectionString().replaceAll(".*BlobEndpoint=([^;]+).*", "$1"))
                        .getPort();
            case DATABASE -> database.server().port();
            default -> kind.remote(sandbox).getPort();
        };
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
