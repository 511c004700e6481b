package dev.bes.orchestrator.crash;

import static org.awaitility.Awaitility.await;

import dev.bes.testbench.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A node of the service in a process of its own, ended by its recorded id only. */
final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> OURS = List.of("SPRING_", "ORCHESTRATOR_", "SERVER_", "JAVA_TOOL");

    private final Process process;
    private final Path port;
    private final Path log;

    private NodeProcess(Process process, Path port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts a process; it is not ready when this returns.
     *
     * @param settings handed over by the environment, as in production: some are secrets
     * @param port the file that it writes its port to when it is ready
     */
    static NodeProcess start(List<String> command, Map<String, ?> settings, Path port, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> OURS.stream().anyMatch(name::startsWith));
        builder.environment().put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings));
        try {
            return new NodeProcess(builder.start(), port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is ready, as far as it has said. */
    boolean isReady() {
        return process.isAlive() && Files.exists(port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when it is ready. */
    NodeProcess awaitReady() {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("The node did not start:\n" + said());
        }
        return this;
    }

    /** Where it answers. */
    URI url() {
        try {
            return URI.create("http://127.0.0.1:" + Files.readString(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends it a signal. */
    NodeProcess signal(Signal signal) {
        signal.send(pid());
        return this;
    }

    /**
     * Whether it has ended, as far as it can: of a process that has ended the kernel keeps a thread, whose leader is a
     * zombie, while that thread waits for a file system that has taken its request and does not answer. Not even
     * {@code SIGKILL} ends that wait (Linux, {@code fs/fuse/dev.c}, {@code request_wait_answer}).
     */
    boolean hasLeft() {
        if (!process.isAlive()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The node has not ended:\n" + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it wrote to its output. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
