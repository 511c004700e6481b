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

/** Ends a transfer from outside: the client's own time-outs start again with every byte and every try. */
final class TransferDeadline {

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private TransferDeadline() {}

    /** Begins work while the caller goes on. */
    static <T> Future<T> begin(Callable<T> work) {
        return THREADS.submit(work);
    }

    /**
     * Does the work within the time.
     *
     * @throws Unavailable if the time is over; the work is interrupted
     */
    static <T> T within(Duration time, String what, Callable<T> work) throws Exception {
        return within(time, System.nanoTime(), what, begin(work));
    }

    /**
     * Waits for a part of something that has the time for all its parts.
     *
     * @param since when the whole began, as {@link System#nanoTime()} says
     * @throws Unavailable if the time is over; the work is interrupted
     */
    static <T> T within(Duration time, long since, String what, Future<T> work) throws Exception {
        try {
            return work.get(time.toNanos() - (System.nanoTime() - since), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Unavailable("Blob store, " + what + ": not done within " + DurationWords.of(time));
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
