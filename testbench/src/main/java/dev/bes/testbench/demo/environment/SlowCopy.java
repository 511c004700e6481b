package dev.bes.testbench.demo.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Copies a file in pieces with pauses, as a slow network drive does: the hard case for a drop folder. */
public final class SlowCopy {

    private static final int PIECES = 5;

    private SlowCopy() {}

    /** Starts to copy; completes when the last piece is written. */
    public static CompletableFuture<Void> begin(Path from, Path to, Duration pause) {
        try {
            byte[] content = Files.readAllBytes(from);
            OutputStream out = Files.newOutputStream(to);
            Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture<Void> copied = CompletableFuture.completedFuture(null);
            for (int piece = 0; piece < PIECES; piece++) {
                int start = Math.toIntExact((long) content.length * piece / PIECES);
                int end = Math.toIntExact((long) content.length * (piece + 1) / PIECES);
                copied = copied.thenRunAsync(() -> write(out, content, start, end), later);
            }
            return copied.whenComplete((done, failure) -> close(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] content, int start, int end) {
        try {
            out.write(content, start, end - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
