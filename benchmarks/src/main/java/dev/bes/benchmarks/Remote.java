package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.JobTime;
import dev.bes.benchmarks.stub.Journal;
import dev.bes.benchmarks.stub.Stub;
import dev.bes.benchmarks.stub.StubAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The stub as a process of its own, and what it has seen. */
final class Remote implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<TreeMap<String, Long>> TIMES = new TypeReference<>() {};

    private final Child process;
    private final StubAddress address;

    private Remote(Child process) {
        this.process = process;
        this.address = new StubAddress(process.hearAddress());
    }

    /** Starts it; jobs take so long. */
    static Remote start(BenchmarkFolder folder, JobTime time) {
        Child.Command stub = Child.Command.ourselves(
                "The stub",
                List.of(
                        "stub",
                        "--least",
                        time.least().toString(),
                        "--most",
                        time.most().toString()));
        return new Remote(Child.talking(stub, folder.log("stub")));
    }

    StubAddress address() {
        return address;
    }

    /** How many calls of a kind there were. */
    long calls(String kind) {
        return JSON.readTree(get(Stub.CALLS)).path(kind).asLong(0);
    }

    Journal journal() {
        return JSON.readValue(get(Stub.JOURNAL), Journal.class);
    }

    /** When each job was first started, in microseconds since 1970, by the path of its input. */
    Map<String, Long> starts() {
        return JSON.readValue(get(Stub.STARTS), TIMES);
    }

    /** How many jobs were asked for since. */
    long askedSince(Instant time) {
        return Long.parseLong(get(Stub.ASKED + "?since=" + time.toEpochMilli()));
    }

    /** Makes it forget everything. */
    void clear() {
        Http.body(Http.request(address.url() + Stub.JOURNAL).DELETE());
    }

    @Override
    public void close() {
        process.close();
    }

    private String get(String path) {
        return Http.body(Http.request(address.url() + path));
    }
}
