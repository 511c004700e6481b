package dev.bes.benchmarks.environment;

import dev.bes.benchmarks.stub.GatewayCounts;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.Stub;
import dev.bes.benchmarks.stub.StubAddress;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.stub.StubKind;
import dev.bes.benchmarks.stub.StubLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The stub as a process, and its records. */
public final class StubProcess implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<TreeMap<String, Long>> TIMES = new TypeReference<>() {};

    private final ChildProcess process;
    private final StubAddress address;
    private final @Nullable StubLimits limits;

    private StubProcess(ChildProcess process, @Nullable StubLimits limits) {
        this.process = process;
        this.address = new StubAddress(process.readAddress());
        this.limits = limits;
    }

    /** Starts it with a duration of the jobs. */
    public static StubProcess start(BenchmarkFolder folder, JobDuration time) {
        return start(folder, arguments(time), null);
    }

    /** Starts it behind a gateway. */
    public static StubProcess start(BenchmarkFolder folder, JobDuration time, StubLimits limits) {
        List<String> arguments = new ArrayList<>(arguments(time));
        arguments.addAll(List.of("--rate", String.valueOf(limits.rate()), "--quota", String.valueOf(limits.quota())));
        arguments.addAll(List.of("--day", limits.day().toString()));
        return start(folder, arguments, limits);
    }

    private static List<String> arguments(JobDuration time) {
        return List.of(
                "stub",
                "--least",
                time.least().toString(),
                "--most",
                time.most().toString());
    }

    private static StubProcess start(BenchmarkFolder folder, List<String> arguments, @Nullable StubLimits limits) {
        return new StubProcess(
                ChildProcess.withOutput(ChildProcess.Command.thisProgram("The stub", arguments), folder.log("stub")),
                limits);
    }

    /** Settings of the orchestrator by property name. */
    Map<String, Object> settings(StubKind kind) {
        return limits == null ? new StubAddress(address.url(), kind).settings() : address.settings(limits);
    }

    /** The calls at the gateway. */
    public GatewayCounts passed() {
        return JSON.readValue(get(Stub.PASSED), GatewayCounts.class);
    }

    public StubAddress address() {
        return address;
    }

    /** How many calls of a kind there were. */
    public long calls(String kind) {
        return JSON.readTree(get(Stub.CALLS)).path(kind).asLong(0);
    }

    /** How many calls there were that are the last of a scoring, or of a batch of its rows. */
    public long lastCalls() {
        return calls("get blob") + calls("infer");
    }

    public StubJournal journal() {
        return JSON.readValue(get(Stub.JOURNAL), StubJournal.class);
    }

    /** When each job was first started, in microseconds since 1970, by the path of its input. */
    public Map<String, Long> starts() {
        return JSON.readValue(get(Stub.STARTS), TIMES);
    }

    /** The number of jobs that were polled since a time. */
    public long polledSince(Instant time) {
        return Long.parseLong(get(Stub.POLLED + "?since=" + time.toEpochMilli()));
    }

    /** Clears all records. */
    public void clear() {
        HttpRequests.body(HttpRequests.request(address.url() + Stub.JOURNAL).DELETE());
    }

    @Override
    public void close() {
        process.close();
    }

    private String get(String path) {
        return HttpRequests.body(HttpRequests.request(address.url() + path));
    }
}
