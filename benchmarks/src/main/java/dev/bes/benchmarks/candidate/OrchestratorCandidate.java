package dev.bes.benchmarks.candidate;

import dev.bes.api.client.AcceptedRun;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.stub.StubKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Ours: one or more nodes over one database. */
public final class OrchestratorCandidate implements Candidate {

    public static final String NAME = "ours";
    public static final String TWO_NODES = "ours-2-nodes";
    /** One node that scores many files by one job. */
    public static final String FOLDING = "ours-fold";

    /** Files that share a job. */
    public static final int FOLD = 500;

    private static final Duration SELDOM = Duration.ofSeconds(5);
    private static final String ALL = "all";
    private static final String ONE = "one";

    private static final String FROM = "\n    from: work/*.csv";
    private static final String WHOLE = "columns: [id, species, height]";
    private static final String FOLDED = """
            header: absent
                columns: [file, row, id, species, height]
            fold: {files: %d, file: file, row: row}""".formatted(FOLD);

    private final String name;
    private final BenchmarkFolder folder;
    private final StubProcess remote;
    private final BenchmarkDatabase database;
    private final List<BenchmarkNode> nodes;
    private long looked;

    private OrchestratorCandidate(
            String name,
            BenchmarkFolder folder,
            StubProcess remote,
            BenchmarkDatabase database,
            List<BenchmarkNode> nodes) {
        this.name = name;
        this.folder = folder;
        this.remote = remote;
        this.database = database;
        this.nodes = nodes;
    }

    /** Starts one node on an empty database, and returns when it is ready. */
    public static OrchestratorCandidate start(BenchmarkFolder folder, StubProcess remote) {
        return start(folder, remote, StubKind.BES);
    }

    /** Starts one node that calls a kind of remote service, and returns when it is ready. */
    static OrchestratorCandidate start(BenchmarkFolder folder, StubProcess remote, StubKind kind) {
        return start(CandidateName.of(NAME, kind), 1, folder, remote, kind);
    }

    /** Starts two nodes on an empty database, and returns when they are ready. */
    static OrchestratorCandidate startTwo(BenchmarkFolder folder, StubProcess remote) {
        return start(TWO_NODES, 2, folder, remote, StubKind.BES);
    }

    /** Starts one node whose definition folds files, and returns when it is ready. */
    static OrchestratorCandidate startFolding(BenchmarkFolder folder, StubProcess remote) {
        define(folder, ALL, FROM, FOLDED, "${run.id}");
        return launch(FOLDING, 1, folder, remote, StubKind.NAMED);
    }

    /** Starts three nodes on an empty database, and returns when they are ready. */
    public static OrchestratorCandidate startThree(BenchmarkFolder folder, StubProcess remote) {
        return start(NAME, 3, folder, remote, StubKind.BES);
    }

    private static OrchestratorCandidate start(
            String name, int size, BenchmarkFolder folder, StubProcess remote, StubKind kind) {
        define(folder);
        return launch(name, size, folder, remote, kind);
    }

    private static OrchestratorCandidate launch(
            String name, int size, BenchmarkFolder folder, StubProcess remote, StubKind kind) {
        BenchmarkDatabase database = BenchmarkDatabase.start(folder, name);
        List<BenchmarkNode> nodes = IntStream.range(0, size)
                .mapToObj(i -> new BenchmarkNode(i == 0 ? name : name + "-" + (i + 1), folder, remote, kind, database))
                .toList();
        OrchestratorCandidate orchestrator = new OrchestratorCandidate(name, folder, remote, database, nodes);
        try {
            nodes.forEach(BenchmarkNode::awaitReady);
        } catch (RuntimeException e) {
            orchestrator.close();
            throw e;
        }
        return orchestrator;
    }

    /** Writes the definitions that all parts use: one of all files of the work folder, one of a file that is sent along. */
    public static void define(BenchmarkFolder folder) {
        define(folder, ALL, FROM, WHOLE, "${run.id}");
        define(folder, ONE, "", WHOLE, "one-by-one");
    }

    private static void define(
            BenchmarkFolder folder, String definition, String from, String columns, String delivery) {
        try {
            Files.writeString(folder.definitions().resolve(definition + ".yaml"), """
                    name: %s
                    endpoint: stub
                    inputs:
                      input1:%s
                        columns: [id, species]
                    outputs:
                      output1:
                        rows: same
                        %s
                    delivery:
                      folder: %s
                    deadline: 4h
                    """.formatted(
                            definition, from, columns, delivery));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a node for one run of all files. */
    public static String requestAll(BenchmarkNode node) {
        return node.ask(ALL);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return "as shipped, an endpoint without a limit of concurrent jobs" + (nodes.size() > 1 ? ", two nodes" : "");
    }

    @Override
    public List<Long> pids() {
        return nodes.stream().map(BenchmarkNode::pid).toList();
    }

    @Override
    public BenchmarkDatabase database() {
        return database;
    }

    @Override
    public int mostFiles() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long jobs(int files, long batches) {
        return name.equals(FOLDING) ? Math.ceilDiv(files, FOLD) : batches;
    }

    @Override
    public Path requestAll(Path files) {
        return folder.delivered().resolve(requestAll(nodes.getFirst()));
    }

    @Override
    public String request(Path file) {
        return "in/" + nodes.getFirst().ask(ONE, file) + "/";
    }

    @Override
    public Path deliveredForSingleFiles() {
        return deliveredForSingleFiles(folder);
    }

    /** The folder of the outputs of requests for one file each. */
    public static Path deliveredForSingleFiles(BenchmarkFolder folder) {
        return folder.delivered().resolve("one-by-one");
    }

    /**
     * Requests a run over one file that is sent along.
     *
     * @param key idempotency key
     * @throws dev.bes.api.client.ApiException if the request is not accepted
     */
    public static AcceptedRun request(BenchmarkNode node, Path file, String key) {
        return node.request(ONE, file, key);
    }

    /** The database is asked seldom before the last output was fetched: that counts as the service's work. */
    @Override
    public boolean isDone(long calls) {
        if (remote.lastCalls() < calls && System.nanoTime() - looked < SELDOM.toNanos()) {
            return false;
        }
        looked = System.nanoTime();
        if (database.number("SELECT count(*) FROM run WHERE state IN ('Failed', 'Cancelled')") > 0) {
            throw new BenchmarkFailure("A run ended otherwise than Finished");
        }
        return database.number("SELECT count(*) FROM run WHERE ended_at IS NULL") == 0;
    }

    @Override
    public void stop() {
        nodes.forEach(BenchmarkNode::close);
    }

    @Override
    public void close() {
        stop();
        database.close();
    }
}
