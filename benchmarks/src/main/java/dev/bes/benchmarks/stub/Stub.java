package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.HttpPort;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The remote side on one port: BES under {@code /bes}, the blobs under {@code /blobs}, Azure Machine Learning and a model server under
 * their usual paths, its own journal.
 */
public final class Stub implements AutoCloseable {

    /** Path of the journal; a DELETE forgets everything. */
    public static final String JOURNAL = "/journal";
    /** Path of the counts of calls alone. */
    public static final String CALLS = "/calls";
    /** Path of when each job was first started, in microseconds since 1970, by the path of its input. */
    public static final String STARTS = "/starts";
    /** Path of the number of jobs that were polled since a time, in milliseconds since 1970: parameter {@code since}. */
    public static final String POLLED = "/polled";

    /** Path of what went through the gateway, if there is one. */
    public static final String PASSED = "/passed";

    static final String SERVICE = "/bes";
    static final String ACCOUNT = "/blobs";

    private final CallCounts counts = new CallCounts();
    private final StubBlobs blobs = new StubBlobs(counts);
    private final StubJobs jobs;
    private final StubWorkspace workspace;
    private final StubModel model = new StubModel(counts);
    private final @Nullable ManagedApi managed;
    private final HttpPort port;

    private Stub(JobDuration time, @Nullable StubLimits limits) {
        this.jobs = new StubJobs(blobs, counts, InstantSource.system(), time);
        this.workspace = new StubWorkspace(jobs, counts);
        this.managed = limits == null ? null : new ManagedApi(jobs::handle, limits, InstantSource.system());
        this.port = HttpPort.open(0, this::handle);
    }

    /** Opens it on a free port. */
    public static Stub open(JobDuration time) {
        return new Stub(time, null);
    }

    /** Opens it on a free port, behind a gateway too. */
    public static Stub open(JobDuration time, StubLimits limits) {
        return new Stub(time, limits);
    }

    /** Its base address, without a slash at its end. */
    public URI url() {
        return port.url();
    }

    @Override
    public void close() {
        port.close();
    }

    private Reply handle(Request request) {
        String path = request.path();
        if (path.startsWith(ACCOUNT)) {
            return blobs.handle(request.below(ACCOUNT));
        }
        if (path.startsWith(SERVICE)) {
            return jobs.handle(request.below(SERVICE));
        }
        if (managed != null && path.startsWith("/" + ManagedApi.SUFFIX + "/")) {
            return managed.handle(request);
        }
        if (path.startsWith(StubModel.PATH)) {
            return model.handle(request);
        }
        if (StubWorkspace.owns(path)) {
            return workspace.handle(request);
        }
        return switch (path) {
            case JOURNAL -> request.method().equals("DELETE") ? forget() : json(jobs.journal());
            case CALLS -> json(counts.all());
            case STARTS -> json(jobs.starts());
            case PASSED -> json(Objects.requireNonNull(managed).passed());
            case POLLED ->
                json(jobs.polledSince(Instant.ofEpochMilli(
                        Long.parseLong(request.query("since").orElseThrow()))));
            default -> new Reply(404, Map.of(), "");
        };
    }

    private Reply forget() {
        jobs.clear();
        blobs.clear();
        counts.clear();
        return Reply.noContent();
    }

    private static Reply json(Object value) {
        return Reply.json(200, JsonMapper.shared().writeValueAsString(value));
    }
}
