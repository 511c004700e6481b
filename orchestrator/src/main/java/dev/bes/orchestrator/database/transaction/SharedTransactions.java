package dev.bes.orchestrator.database.transaction;

import dev.bes.orchestrator.database.DatabaseFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Does together, in one transaction, what many callers ask for while another transaction is under way. One who comes alone
 * does not wait for others.
 *
 * @param <T> what a caller asks for
 * @param <R> what he gets
 */
public final class SharedTransactions<T, R> {
    /** One that waits for a lock does not stop the others. */
    private static final int TRANSACTIONS = 2;

    private static final int LARGEST_GROUP = 64;

    private final Function<List<T>, List<R>> transaction;
    private final Function<T, ?> key;
    private final Queue<Caller<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore free = new Semaphore(TRANSACTIONS);

    /**
     * Shares transactions.
     *
     * @param transaction does the work of a group; a result for each, in the same order
     * @param key two of the same key are never in one group
     */
    public SharedTransactions(Function<List<T>, List<R>> transaction, Function<T, ?> key) {
        this.transaction = transaction;
        this.key = key;
    }

    private record Caller<T, R>(T item, CompletableFuture<R> result) {}

    /**
     * Returns when the transaction that did this work has committed. What fails in a group for another reason than the database
     * itself is done again alone, so that nobody is refused for what another one asked for.
     */
    public R run(T item) {
        Caller<T, R> caller = new Caller<>(item, new CompletableFuture<>());
        waiting.add(caller);
        startIfFree();
        try {
            return caller.result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    private void startIfFree() {
        if (!waiting.isEmpty() && free.tryAcquire()) {
            Thread.ofVirtual().name("shared-transaction").start(this::work);
        }
    }

    private void work() {
        try {
            for (List<Caller<T, R>> group = next(); !group.isEmpty(); group = next()) {
                run(group);
            }
        } finally {
            free.release();
        }
        // somebody may have come between the last look and the release
        startIfFree();
    }

    private List<Caller<T, R>> next() {
        List<Caller<T, R>> group = new ArrayList<>();
        List<Caller<T, R>> later = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        for (Caller<T, R> caller = waiting.poll(); caller != null; caller = waiting.poll()) {
            (keys.add(key.apply(caller.item)) ? group : later).add(caller);
            if (group.size() == LARGEST_GROUP) {
                break;
            }
        }
        waiting.addAll(later);
        return group;
    }

    private void run(List<Caller<T, R>> group) {
        try {
            List<R> results = transaction.apply(group.stream().map(Caller::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result.complete(results.get(i));
            }
        } catch (RuntimeException e) {
            if (group.size() == 1 || DatabaseFailure.isOutage(e)) {
                group.forEach(caller -> caller.result.completeExceptionally(e));
            } else {
                group.forEach(caller -> run(List.of(caller)));
            }
        } catch (Error e) {
            group.forEach(caller -> caller.result.completeExceptionally(e));
            throw e;
        }
    }
}
