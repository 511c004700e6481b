package dev.bes.orchestrator.node.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs file operations for virtual threads. A virtual thread that waits for a file keeps its carrier, of which there
 * are as many as processors: as many files that hang would stop every virtual thread of the process. Decision 0035.
 */
@Component
public class FileThreads {
    private final FileOperations work;
    private final FileSettings settings;
    private final Map<Use, FileThreadPool> pools = new EnumMap<>(Use.class);

    /** Creates threads when they are needed. */
    public FileThreads(FileOperations work, FileSettings settings) {
        this.work = work;
        this.settings = settings;
        for (Use use : Use.values()) {
            pools.put(use, new FileThreadPool(use));
        }
    }

    /** What files are used for. Each use has its own threads, so that a folder that hangs delays only that use. */
    public enum Use {
        /** Inputs are read. */
        STAGING,
        /** Outputs are written. */
        DELIVERY,
        /** Callers send and fetch files. */
        REQUEST
    }

    /** An operation on files. */
    @FunctionalInterface
    public interface Task<T extends @Nullable Object, E extends Exception> {
        /** Runs the operation. */
        T run() throws IOException, E;
    }

    /** Opens a file for writing. */
    @FunctionalInterface
    public interface Opening {
        /** A new stream. */
        OutputStream open() throws IOException;
    }

    /**
     * Runs an operation on files. A virtual thread waits for a file thread; any other thread runs it itself.
     *
     * @param what what is done with which file, such as "Reading /data/a.csv"
     * @throws IOException if the operation throws it, or makes no progress for {@link FileSettings#stuckTimeout()}. The
     *     operation may then still end later, without its caller
     */
    public <T extends @Nullable Object, E extends Exception> T call(Use use, String what, Task<T, E> task)
            throws IOException, E {
        if (!Thread.currentThread().isVirtual()) {
            try (FileOperations.Operation _ = work.begin(what)) {
                return task.run();
            }
        }
        FileThreadPool pool = pools.get(use);
        if (pool == null) {
            throw new IllegalArgumentException(use.name());
        }
        Handed<T> handed = new Handed<>(what, task);
        pool.execute(handed);
        try {
            return handed.await(pool);
        } catch (ExecutionException e) {
            throw FileThreads.<E>cause(e);
        }
    }

    /** As {@link #call}, but an {@link IOException} becomes an {@link UncheckedIOException}. */
    public <T extends @Nullable Object> T get(Use use, String what, Task<T, RuntimeException> task) {
        try {
            return call(use, what, task);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs other work with a time-out of its own in the middle of an operation on files.
     *
     * @see FileOperations#away
     */
    public <T> T away(Supplier<T> other) {
        return work.away(other);
    }

    /** A file that is written piece by piece, each with {@link #call}. It is opened with the first piece. */
    public OutputStream output(Use use, String what, Opening opening) {
        return new FileStreams.Output(this, use, what, opening);
    }

    /** A file that is read piece by piece, each with {@link #call}. */
    public InputStream input(Use use, String what, Task<InputStream, RuntimeException> opening) throws IOException {
        return new FileStreams.Input(this, use, what, call(use, what, opening));
    }

    /** An operation that a file thread runs for another thread. */
    private final class Handed<T extends @Nullable Object> extends FutureTask<T> {
        private final String what;
        private final AtomicReference<FileOperations.@Nullable Operation> begun;

        Handed(String what, Task<T, ?> task) {
            this(what, task, new AtomicReference<>());
        }

        private Handed(String what, Task<T, ?> task, AtomicReference<FileOperations.@Nullable Operation> begun) {
            super(() -> {
                try (FileOperations.Operation operation = work.begin(what)) {
                    begun.set(operation);
                    return task.run();
                }
            });
            this.what = what;
            this.begun = begun;
        }

        T await(FileThreadPool pool) throws IOException, ExecutionException {
            long handed = System.nanoTime();
            try {
                while (true) {
                    try {
                        return get(FileThreadPool.SOON_MILLIS, TimeUnit.MILLISECONDS);
                    } catch (TimeoutException e) {
                        lookAfter(pool, handed);
                    }
                }
            } catch (InterruptedException e) {
                giveUp(begun.get());
                Thread.currentThread().interrupt();
                throw new IOException(what + " was interrupted", e);
            }
        }

        private void lookAfter(FileThreadPool pool, long handed) throws IOException {
            FileOperations.Operation operation = begun.get();
            if (operation == null) {
                pool.grow();
                if (System.nanoTime() - handed > settings.stuckTimeout().toNanos()) {
                    giveUp(null);
                    throw new IOException(what + " waits for other operations that do not end");
                }
            } else if (operation.isStuck()) {
                giveUp(operation);
                throw new IOException(operation.toString());
            }
        }

        private void giveUp(FileOperations.@Nullable Operation operation) {
            if (operation != null) {
                operation.abandon();
            }
            cancel(false);
        }
    }

    /** The exception of the operation. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E cause(ExecutionException e) throws IOException {
        return switch (e.getCause()) {
            case IOException cause -> throw cause;
            case Error error -> throw error;
            case null -> throw new IllegalStateException(e);
            case Throwable cause -> (E) cause;
        };
    }
}
