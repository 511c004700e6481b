package dev.bes.orchestrator.remote.azure;

import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a transfer from outside: the client's own time-outs start again with every byte and every try. */
final class Deadline {

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Deadline() {}

    /**
     * Does the work within the time.
     *
     * @throws Unavailable if the time is over; the work is interrupted
     */
    static <T> T within(Duration time, String what, Callable<T> work) throws Exception {
        Future<T> future = THREADS.submit(work);
        try {
            return future.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unavailable("Blob store, " + what + ": not done within " + time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Blob store, " + what + ": interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            future.cancel(true);
        }
    }
}
