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
 * The processes of a demo, its own first, one a line: id and start time. A number that was given to another process since
 * has another start time, by more than the clock was set meanwhile, so that nothing else is ever taken for one of them.
 */
public record PidFile(Path file) {

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration DRIFT = Duration.ofMinutes(2);

    /** Writes down the processes. */
    void write(Stream<ProcessHandle> processes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, processes.map(PidFile::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo that still runs, if one does. */
    public Optional<ProcessHandle> running() {
        return lines().stream().limit(1).flatMap(PidFile::alive).findFirst();
    }

    /** Ends what still runs, the demo first, which ends the rest by itself; whether there was anything to end. */
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
        ended.completeOnTimeout(process, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (process.isAlive()) {
            throw new DemoFailure(
                    "Process " + process.pid() + " has not ended within " + PATIENCE.toSeconds() + " s after SIGTERM");
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

    /** Linux tells it from the time of its own start, which moves when the clock is set. */
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
