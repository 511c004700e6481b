package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.JobTime;
import dev.bes.benchmarks.stub.Journal;
import dev.bes.benchmarks.stub.Limits;
import dev.bes.benchmarks.stub.Passed;
import dev.bes.benchmarks.stub.Stub;
import dev.bes.benchmarks.stub.StubAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The stub as a process of its own, and what it has seen. */
final class Remote implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<TreeMap<String, Long>> TIMES = new TypeReference<>() {};

    private final Child process;
    private final StubAddress address;
    private final Map<String, Object> settings;

    private Remote(Child process, @Nullable Limits limits) {
        this.process = process;
        this.address = new StubAddress(process.hearAddress());
        this.settings = limits == null ? address.settings() : address.settings(limits);
    }

    /** Starts it; jobs take so long. */
    static Remote start(BenchmarkFolder folder, JobTime time) {
        return start(folder, arguments(time), null);
    }

    /** Starts it behind a gateway. */
    static Remote start(BenchmarkFolder folder, JobTime time, Limits limits) {
        List<String> arguments = new ArrayList<>(arguments(time));
        arguments.addAll(List.of("--rate", String.valueOf(limits.rate()), "--quota", String.valueOf(limits.quota())));
        arguments.addAll(List.of("--day", limits.day().toString()));
        return start(folder, arguments, limits);
    }

    private static List<String> arguments(JobTime time) {
        return List.of(
                "stub",
                "--least",
                time.least().toString(),
                "--most",
                time.most().toString());
    }

    private static Remote start(BenchmarkFolder folder, List<String> arguments, @Nullable Limits limits) {
        return new Remote(Child.talking(Child.Command.ourselves("The stub", arguments), folder.log("stub")), limits);
    }

    /** Settings of the orchestrator by property name. */
    Map<String, Object> settings() {
        return settings;
    }

    /** What went through the gateway. */
    Passed passed() {
        return JSON.readValue(get(Stub.PASSED), Passed.class);
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
