package dev.bes.orchestrator.remote.blob.azure;

import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.text.DurationWords;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Limits the time of a whole transfer. The client's own time-outs start again with every byte and attempt. */
final class TransferDeadline {

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private TransferDeadline() {}

    /** Starts the work in the background. */
    static <T extends @Nullable Object> Future<T> begin(Callable<T> work) {
        return THREADS.submit(work);
    }

    /**
     * Runs the work within the time.
     *
     * @throws Unavailable if the time is over; the work is interrupted
     */
    static <T extends @Nullable Object> T within(Duration time, String what, Callable<T> work) throws Exception {
        return within(time, System.nanoTime(), what, begin(work));
    }

    /**
     * Waits for one part of a transfer whose parts share the time.
     *
     * @param since start of the whole transfer, in {@link System#nanoTime()}
     * @throws Unavailable if the time is over; the work is interrupted
     */
    static <T extends @Nullable Object> T within(Duration time, long since, String what, Future<T> work)
            throws Exception {
        try {
            return work.get(time.toNanos() - (System.nanoTime() - since), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Unavailable("Blob store, " + what + ": not finished within " + DurationWords.of(time));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Blob store, " + what + ": interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            work.cancel(true);
        }
    }
}
