package dev.bes.orchestrator.remote.azure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A call that is made while the caller goes on. */
record Background(Future<?> future) {

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    static Background run(Runnable call) {
        return new Background(THREADS.submit(call));
    }

    void await() throws IOException {
        try {
            future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        }
    }
}
