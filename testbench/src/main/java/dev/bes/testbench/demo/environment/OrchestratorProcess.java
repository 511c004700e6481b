package dev.bes.testbench.demo.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.testbench.process.ProcessTermination;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** The jar of the orchestrator as a child process, configured by its environment as in production. */
public final class OrchestratorProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final int USUAL_PORT = 8080;
    private static final List<String> OWN_PREFIXES = List.of("SPRING_", "ORCHESTRATOR_", "SERVER_");

    private final Process process;
    private final int port;

    private OrchestratorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Port 8080 if it is free, otherwise another free port. */
    static int freePort() {
        try {
            return free(USUAL_PORT);
        } catch (IOException taken) {
            return anyFree();
        }
    }

    private static int anyFree() {
        try {
            return free(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts it; it is not ready yet. The settings are environment variables: every user can read a command line.
     *
     * @param folder the folder of its jar and its log
     * @throws DemoFailure when it has not been built
     */
    static OrchestratorProcess start(DemoFolder folder, Map<String, Object> settings, int port) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        folder.orchestratorJar().toString())
                .directory(folder.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        builder.environment().keySet().removeIf(name -> OWN_PREFIXES.stream().anyMatch(name::startsWith));
        builder.environment().put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings));
        try {
            return new OrchestratorProcess(builder.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException("The orchestrator could not be started", e);
        }
    }

    /** The base address of its API. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until it is ready.
     *
     * @param ready whether it is ready now
     * @throws DemoFailure when it ends or does not become ready
     */
    public void awaitReady(BooleanSupplier ready) {
        try {
            Awaitility.await()
                    .atMost(READY)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive() || ready.getAsBoolean());
        } catch (ConditionTimeoutException e) {
            throw new DemoFailure("The orchestrator is not ready after " + READY.toSeconds() + " s", e);
        }
        if (!process.isAlive()) {
            throw new DemoFailure("The orchestrator ended at once, with exit code " + process.exitValue());
        }
    }

    /** Returns when it has ended. */
    public void awaitEnd() {
        process.onExit().join();
    }

    /** The last lines of a log; none when there is no log yet. */
    public static List<String> lastLines(Path log, int count) {
        try (InputStream in = Files.exists(log) ? Files.newInputStream(log) : InputStream.nullInputStream()) {
            List<String> lines = new String(in.readAllBytes(), UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM and waits 20 s, then kills it. */
    @Override
    public void close() {
        ProcessTermination.terminate(process, STOP_TIMEOUT);
    }
}
