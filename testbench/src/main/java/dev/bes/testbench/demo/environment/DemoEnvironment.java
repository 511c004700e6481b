package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that the demo runs on: PostgreSQL, the sandbox with Azurite, the orchestrator. */
public final class DemoEnvironment implements AutoCloseable {

    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(4);

    private final DemoFolder folder;
    private final PidFile pids;
    private final ManagedComponent<DemoPostgres> postgres = new ManagedComponent<>("PostgreSQL");
    private final ManagedComponent<Sandbox> sandbox = new ManagedComponent<>("the sandbox");
    private final ManagedComponent<OrchestratorProcess> orchestrator = new ManagedComponent<>("the orchestrator");

    public DemoEnvironment(DemoFolder folder) {
        this.folder = folder;
        this.pids = new PidFile(folder.pidFile());
    }

    /** The parts that the orchestrator needs. */
    public record Surroundings(DemoPostgres postgres, Sandbox sandbox) {}

    /** Starts PostgreSQL and the sandbox side by side, in a folder made anew. */
    public Surroundings startSurroundings() {
        folder.makeAnew();
        pids.write(Stream.of(ProcessHandle.current()));
        CompletableFuture<DemoPostgres> database =
                inBackground(() -> postgres.start(() -> DemoPostgres.start(folder.postgres())));
        CompletableFuture<Sandbox> remote = inBackground(() -> sandbox.start(this::newSandbox));
        try {
            Surroundings both = new Surroundings(database.join(), remote.join());
            writePids(both);
            return both;
        } catch (CompletionException e) {
            throw new DemoFailure(reason(e), e);
        }
    }

    /** Starts the orchestrator; it is not ready yet. */
    public OrchestratorProcess startOrchestrator(Surroundings around) {
        int port = OrchestratorProcess.freePort();
        Map<String, Object> settings = DemoNodeSettings.of(folder, around.postgres(), around.sandbox(), port);
        OrchestratorProcess process = orchestrator.start(() -> OrchestratorProcess.start(folder, settings, port));
        writePids(around);
        return process;
    }

    /** Stops the orchestrator, so that it can be started again. */
    public void stopOrchestrator() {
        orchestrator.stop();
    }

    /** Stops everything, what needs the others first. */
    @Override
    public void close() {
        try (postgres;
                sandbox) {
            orchestrator.close();
        }
        pids.write(Stream.empty());
    }

    private Sandbox newSandbox() {
        return Sandbox.start(SandboxOptions.defaults()
                .withData(folder.sandbox())
                .withAzurite(folder.project().resolve("sandbox/azurite"))
                .withServiceTime(LEAST, MOST));
    }

    private void writePids(Surroundings around) {
        ProcessHandle self = ProcessHandle.current();
        Stream<ProcessHandle> server = ProcessHandle.of(around.postgres().pid()).stream();
        pids.write(Stream.of(Stream.of(self), self.descendants(), server).flatMap(handles -> handles));
    }

    private static String reason(CompletionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("demo-start").start(task));
    }
}
