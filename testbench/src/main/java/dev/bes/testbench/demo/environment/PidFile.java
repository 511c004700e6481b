package dev.bes.testbench.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of a demo, its own first, one per line: id and start time. A process with a reused id has another start time,
 * so no other process is ever stopped.
 */
public record PidFile(Path file) {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration DRIFT = Duration.ofMinutes(2);

    /** Writes the processes. */
    void write(Stream<ProcessHandle> processes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, processes.map(PidFile::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of the running demo, if there is one. */
    public Optional<ProcessHandle> running() {
        return lines().stream().limit(1).flatMap(PidFile::alive).findFirst();
    }

    /** Ends all running processes, the demo first, which ends the others; returns whether there was one. */
    public boolean stop() {
        boolean any = false;
        for (String line : lines()) {
            Optional<ProcessHandle> process = alive(line).findFirst();
            any |= process.isPresent();
            process.ifPresent(PidFile::end);
        }
        return any;
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        CompletableFuture<ProcessHandle> ended = process.onExit();
        ended.completeOnTimeout(process, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (process.isAlive()) {
            throw new DemoFailure("Process " + process.pid() + " has not ended within " + STOP_TIMEOUT.toSeconds()
                    + " s after SIGTERM");
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(ProcessHandle process) {
        return process.pid() + " " + started(process);
    }

    private static Stream<ProcessHandle> alive(String line) {
        String[] words = line.split(" ", 2);
        return ProcessHandle.of(Long.parseLong(words[0])).stream()
                .filter(ProcessHandle::isAlive)
                .filter(process -> words.length == 2 && isSame(started(process), words[1]));
    }

    /** Linux computes start times from its boot time, which moves when the clock is set. */
    private static boolean isSame(String started, String then) {
        try {
            return Duration.between(Instant.parse(started), Instant.parse(then))
                            .abs()
                            .compareTo(DRIFT)
                    < 0;
        } catch (DateTimeParseException e) {
            return started.equals(then);
        }
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
