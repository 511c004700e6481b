package dev.bes.benchmarks.workload;

import dev.bes.benchmarks.environment.BenchmarkFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a constant rate, whether or not earlier ones are answered.
 *
 * @param perSecond requests per second
 */
public record ConstantRate(int perSecond) {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /**
     * One request; times are microseconds since 1970.
     *
     * @param input what the path of its input begins with on the remote side
     * @param sent when it was sent
     * @param accepted when its answer was here
     */
    public record SentRequest(String input, long sent, long accepted) {}

    /** How one file is asked for. */
    @FunctionalInterface
    public interface Sender {
        /** Asks, and returns when it is accepted; what the path of its input begins with on the remote side. */
        String send(Path file) throws Exception;
    }

    /** Asks for all files, one by one. */
    public List<SentRequest> send(Sender sender, List<Path> files) {
        List<Future<SentRequest>> answers = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Path file : files) {
                waitUntil(start + answers.size() * SECOND / perSecond);
                answers.add(callers.submit(() -> send(sender, file)));
            }
        }
        List<SentRequest> all = new ArrayList<>();
        for (Future<SentRequest> answer : answers) {
            all.add(of(answer));
        }
        return all;
    }

    private static SentRequest send(Sender sender, Path file) throws Exception {
        long sent = micros();
        String input = sender.send(file);
        return new SentRequest(input, sent, micros());
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static SentRequest of(Future<SentRequest> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure("Interrupted", e);
        } catch (ExecutionException e) {
            throw new BenchmarkFailure("A request was not accepted: " + e.getCause(), e);
        }
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, CLOCK.instant());
    }
}
