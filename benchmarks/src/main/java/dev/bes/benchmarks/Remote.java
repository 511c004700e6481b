package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.Journal;
import dev.bes.benchmarks.stub.Stub;
import dev.bes.benchmarks.stub.StubAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The stub as a process of its own, and what it has seen. */
final class Remote implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Child process;
    private final StubAddress address;

    private Remote(Child process) {
        this.process = process;
        this.address = new StubAddress(URI.create(process.hear()));
    }

    /** Starts it; jobs take so long. */
    static Remote start(BenchmarkFolder folder, Duration remoteTime) {
        Child.Command stub =
                Child.Command.ourselves("The stub", List.of("stub", "--remote-time", remoteTime.toString()));
        return new Remote(Child.talking(stub, folder.log("stub")));
    }

    StubAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** How many calls of a kind there were. */
    long calls(String kind) {
        return JSON.readTree(body(get(Stub.CALLS))).path(kind).asLong(0);
    }

    Journal journal() {
        return JSON.readValue(body(get(Stub.JOURNAL)), Journal.class);
    }

    /** Makes it forget everything. */
    void clear() {
        body(HttpRequest.newBuilder(URI.create(address.url() + Stub.JOURNAL)).DELETE());
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(address.url() + path)).timeout(Duration.ofMinutes(1));
    }

    private String body(HttpRequest.Builder request) {
        return Http.send(client, request.build()).body();
    }
}
