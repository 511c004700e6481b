package dev.bes.benchmarks.environment;

import dev.bes.testbench.process.ProcessTermination;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Java process that the benchmark started, with the defaults of the JVM except for the heap size. */
public final class ChildProcess implements AutoCloseable {

    private static final List<String> OWN_PREFIXES = List.of("SPRING_", "ORCHESTRATOR_", "SERVER_");
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A program and its arguments. */
    public record Command(
            String name, String heap, List<String> program, Map<String, String> environment, List<String> arguments) {

        private static final String HEAP = "1g";
        private static final String MAIN_CLASS = "dev.bes.benchmarks.Main";

        /** This program again, from its jar or from the class path of an IDE. */
        public static Command thisProgram(String name, List<String> arguments) {
            String path = System.getProperty("java.class.path");
            List<String> program = path.endsWith("-app.jar") ? List.of("-jar", path) : List.of("-cp", path, MAIN_CLASS);
            return new Command(name, HEAP, program, Map.of(), arguments);
        }

        private ProcessBuilder builder() {
            List<String> words = new ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.add("-Xmx" + heap);
            words.add("-XX:+ExitOnOutOfMemoryError");
            words.addAll(program);
            words.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.environment()
                    .keySet()
                    .removeIf(variable -> OWN_PREFIXES.stream().anyMatch(variable::startsWith));
            builder.environment().putAll(environment);
            return builder;
        }
    }

    /** Starts a program whose output is read; its errors go to a log. */
    public static ChildProcess withOutput(Command command, Path log) {
        return start(command, command.builder().redirectError(Redirect.appendTo(log.toFile())));
    }

    /** Starts a program whose whole output goes to a log. */
    static ChildProcess toLog(Command command, Path log) {
        return start(
                command, command.builder().redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())));
    }

    private static ChildProcess start(Command command, ProcessBuilder builder) {
        try {
            return new ChildProcess(command.name(), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(command.name() + " could not be started", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The next line of its output. */
    public String readLine() {
        try {
            @Nullable String line = output.readLine();
            if (line == null) {
                throw new BenchmarkFailure(name + " has ended by itself; see its log in .local/benchmark");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line of its output that is an address. */
    public URI readAddress() {
        String line = readLine();
        while (!line.startsWith("http://")) {
            line = readLine();
        }
        return URI.create(line);
    }

    /** Kills it (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Sends SIGTERM and waits 30 s, then kills it. */
    @Override
    public void close() {
        ProcessTermination.terminate(process, STOP_TIMEOUT);
    }
}
