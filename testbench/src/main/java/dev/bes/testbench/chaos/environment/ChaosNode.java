package dev.bes.testbench.chaos.environment;

import dev.bes.testbench.process.FreePort;
import dev.bes.testbench.process.Signal;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One node: the jar of the orchestrator as a child process. A supervisor starts it again when it ends by itself. */
public final class ChaosNode implements AutoCloseable {

    private static final List<String> JVM =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");
    private static final List<String> OWN_PREFIXES = List.of("SPRING_", "ORCHESTRATOR_", "SERVER_");
    private static final Duration READY = Duration.ofMinutes(8);
    private static final int STOP_SECONDS = 30;

    private final String name;
    private final ChaosFolder folder;
    private final NodeProxies proxies;
    private final SharedFolderMounts folders;
    private final FakeClock clock;
    private final Map<String, String> clockEnvironment;
    private final int port = FreePort.find();
    private final Predicate<URI> ready;
    private final AtomicInteger unrequestedExits = new AtomicInteger();
    private Map<String, Object> settings = Map.of();
    private @Nullable Process process;
    private boolean wanted;

    ChaosNode(int number, ChaosFolder folder, NodeProxies proxies, FakeClock.Library library, Predicate<URI> ready) {
        this.name = name(number);
        this.folder = folder;
        this.proxies = proxies;
        this.folders = SharedFolderMounts.mount(
                List.of(folder.inbox(), folder.outputDisk()), folder.node(name).resolve("empty"));
        this.ready = ready;
        try {
            Files.createDirectories(folder.node(name).resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.clock = new FakeClock(folder.node(name).resolve("clock"));
        this.clock.stepTo(Duration.ZERO);
        this.clockEnvironment = clock.environment(library);
    }

    /** The name of a node, by its number from 0. */
    public static String name(int number) {
        return "node-" + (number + 1);
    }

    /** The name of the node. */
    public String name() {
        return name;
    }

    /** The base address of its API. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The proxies between the node and the services that it calls. */
    public NodeProxies proxies() {
        return proxies;
    }

    /** The shared folders as this node sees them. */
    public SharedFolderMounts folders() {
        return folders;
    }

    /** The clock of its process. */
    public FakeClock clock() {
        return clock;
    }

    /** How often it ended without a request. */
    public int unrequestedExits() {
        return unrequestedExits.get();
    }

    /** Starts it with settings by property name; it is not ready yet. */
    void start(Map<String, Object> with) {
        settings = Map.copyOf(with);
        start();
    }

    /** Kills it (SIGKILL). */
    public void kill() {
        end(Signal.KILL);
    }

    /** Sends SIGTERM and waits 30 s; true if it ended in time. */
    public boolean terminate() {
        return end(Signal.TERM);
    }

    /** Sends a signal that it survives. */
    public synchronized void signal(Signal signal) {
        if (process != null && process.isAlive()) {
            signal.send(process.pid());
        }
    }

    /** Starts it again; returns when it is ready, or after 8 minutes. */
    public void startAndAwaitReady() {
        start();
        awaitReady();
    }

    /** Waits up to 8 minutes; true if it became ready. */
    boolean awaitReady() {
        try {
            Awaitility.await()
                    .atMost(READY)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> ready.test(url()));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        signal(Signal.CONT);
        folders.resume();
        terminate();
        folders.close();
        proxies.close();
    }

    private synchronized void start() {
        wanted = true;
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            Process started = builder().start();
            process = started;
            Thread.ofVirtual().name(name + "-supervisor").start(() -> supervise(started));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    /** The settings are environment variables: every user can read a command line. */
    private ProcessBuilder builder() {
        Path home = folder.node(name);
        ProcessBuilder builder = new ProcessBuilder(command(home))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.nodeLog(name).toFile()));
        builder.environment()
                .keySet()
                .removeIf(variable -> OWN_PREFIXES.stream().anyMatch(variable::startsWith));
        builder.environment().putAll(clockEnvironment);
        builder.environment().put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings));
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        return builder;
    }

    private List<String> command(Path home) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-Djava.io.tmpdir=" + home.resolve("tmp"));
        command.addAll(List.of("-jar", folder.orchestratorJar().toString()));
        return folders.command(command);
    }

    private void supervise(Process started) {
        try {
            started.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (endedUnrequested(started)) {
            unrequestedExits.incrementAndGet();
            start();
        }
    }

    private synchronized boolean endedUnrequested(Process ended) {
        return wanted && process == ended;
    }

    private synchronized boolean end(Signal signal) {
        wanted = false;
        Process running = process;
        if (running == null) {
            return true;
        }
        signal.send(running.pid());
        try {
            if (running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.destroyForcibly();
        return false;
    }
}
