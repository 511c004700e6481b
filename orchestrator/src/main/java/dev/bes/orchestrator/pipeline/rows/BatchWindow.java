package dev.bes.orchestrator.pipeline.rows;

import dev.bes.orchestrator.remote.RemoteException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Some batches under way side by side, whose answers are taken in the order of the rows. */
final class BatchWindow {
    private final ExecutorService threads;
    private final int size;
    private final Deque<Sent> sent = new ArrayDeque<>();

    BatchWindow(ExecutorService threads, int size) {
        this.threads = threads;
        this.size = size;
    }

    private record Sent(RowCutter.Batch batch, boolean kept, Future<BatchAnswer> answer) {}

    boolean isFull() {
        return sent.size() >= size;
    }

    boolean isEmpty() {
        return sent.isEmpty();
    }

    /**
     * Sends a batch.
     *
     * @param kept whether its call keeps the answer
     */
    void add(RowCutter.Batch batch, boolean kept, Callable<BatchAnswer> call) {
        sent.add(new Sent(batch, kept, threads.submit(call)));
    }

    /** The first batch that is under way. */
    RowCutter.Batch first() {
        return sent.element().batch();
    }

    /**
     * Waits for the answer to the first batch.
     *
     * @throws RemoteException as the call has thrown it
     */
    BatchAnswer take() {
        try {
            return sent.remove().answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while batches were under way", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case Error error -> throw error;
                case null, default -> new IllegalStateException(e.getCause());
            };
        }
    }

    /** Waits for the batches that are still under way. Answers that are not kept are handed over; failures do not matter. */
    void drain(BiConsumer<RowCutter.Batch, BatchAnswer> keep) {
        while (!sent.isEmpty()) {
            Sent next = sent.element();
            try {
                BatchAnswer answer = take();
                if (!next.kept) {
                    keep.accept(next.batch, answer);
                }
            } catch (RemoteException e) {
                // the batch is sent again later
            }
        }
    }
}
