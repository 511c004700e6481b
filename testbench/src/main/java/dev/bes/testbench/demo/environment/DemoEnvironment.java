package dev.bes.testbench.demo.environment;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.StateTimes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The components of the demo: PostgreSQL, the sandbox with Azurite, the orchestrator. */
public final class DemoEnvironment implements AutoCloseable {

    private static final Duration SHORTEST_JOB = Duration.ofSeconds(2);
    private static final Duration LONGEST_JOB = Duration.ofSeconds(4);

    private static final StateTimes JOB_OF_AN_ENDPOINT = new StateTimes(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofSeconds(1));

    private final DemoFolder folder;
    private final boolean models;
    private final PidFile pids;
    private final ManagedComponent<DemoPostgres> postgres = new ManagedComponent<>("PostgreSQL");
    private final ManagedComponent<Sandbox> sandbox = new ManagedComponent<>("the sandbox");
    private final ManagedComponent<OrchestratorProcess> orchestrator = new ManagedComponent<>("the orchestrator");

    /**
     * Starts no process yet.
     *
     * @param models whether the sandbox serves the trained model, too
     */
    public DemoEnvironment(DemoFolder folder, boolean models) {
        this.folder = folder;
        this.models = models;
        this.pids = new PidFile(folder.pidFile());
    }

    /** What the orchestrator needs. */
    public record RemoteSystems(DemoPostgres postgres, Sandbox sandbox) {}

    /** Starts PostgreSQL and the sandbox in parallel, in an emptied folder. */
    public RemoteSystems startRemoteSystems() {
        folder.recreate();
        if (models) {
            DemoModel.define(folder);
        }
        pids.write(Stream.of(ProcessHandle.current()));
        CompletableFuture<DemoPostgres> database =
                inBackground(() -> postgres.start(() -> DemoPostgres.start(folder.postgres())));
        CompletableFuture<Sandbox> remote = inBackground(() -> sandbox.start(this::newSandbox));
        try {
            RemoteSystems both = new RemoteSystems(database.join(), remote.join());
            writePids(both);
            return both;
        } catch (CompletionException e) {
            throw new DemoFailure(reason(e), e);
        }
    }

    /** Starts the orchestrator; it is not ready yet. */
    public OrchestratorProcess startOrchestrator(RemoteSystems systems) {
        int port = OrchestratorProcess.freePort();
        Map<String, Object> settings = DemoNodeSettings.of(folder, systems.postgres(), systems.sandbox(), port);
        if (models) {
            settings.putAll(DemoModel.settings(systems.sandbox()));
        }
        OrchestratorProcess process = orchestrator.start(() -> OrchestratorProcess.start(folder, settings, port));
        writePids(systems);
        return process;
    }

    /** Stops the orchestrator, so that it can be started again. */
    public void stopOrchestrator() {
        orchestrator.stop();
    }

    /** Stops everything: first the orchestrator, then what it uses. */
    @Override
    public void close() {
        try (postgres;
                sandbox) {
            orchestrator.close();
        }
        pids.write(Stream.empty());
    }

    private Sandbox newSandbox() {
        SandboxOptions options = SandboxOptions.defaults()
                .withData(folder.sandbox())
                .withAzurite(folder.project().resolve("sandbox/azurite"))
                .withServiceTime(SHORTEST_JOB, LONGEST_JOB)
                .withBatchEndpoints(BatchEndpointSettings.DEFAULT.withStateTimes(JOB_OF_AN_ENDPOINT));
        return Sandbox.start(models ? options.withModels(DemoModel.folder(folder)) : options);
    }

    private void writePids(RemoteSystems systems) {
        ProcessHandle self = ProcessHandle.current();
        Stream<ProcessHandle> server = ProcessHandle.of(systems.postgres().pid()).stream();
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
