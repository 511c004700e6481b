package dev.bes.orchestrator.node.file;

import dev.bes.orchestrator.node.LivenessCheck;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Knows which operations on files are under way, and since when. Everything else that a thread of ours waits for has a
 * time-out; a file on a network mount that hangs has none, and its thread can't be interrupted.
 */
public class FileOperations implements LivenessCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FileOperations.class);
    private static final int SHOWN = 3;

    private final Map<Thread, Operation> underWay = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final Duration limit;

    /**
     * Starts without any operation.
     *
     * @param nanoTime a clock that only ever goes forward
     * @param limit how long one operation may take
     */
    public FileOperations(LongSupplier nanoTime, Duration limit) {
        this.nanoTime = nanoTime;
        this.limit = limit;
    }

    /**
     * Begins an operation of the current thread; one that the thread has begun before goes on when this one ends.
     *
     * @param what what is done with which file, such as "Reading /data/a.csv"
     */
    public Operation begin(String what) {
        Operation operation = new Operation(what, underWay.get(Thread.currentThread()));
        underWay.put(operation.thread, operation);
        return operation;
    }

    /** Records progress of the operation of the current thread, if it has one. */
    public void moved() {
        Operation operation = underWay.get(Thread.currentThread());
        if (operation != null) {
            operation.moved();
        }
    }

    /**
     * Runs other work with a time-out of its own, such as a remote call, in the middle of an operation of the current
     * thread.
     *
     * @throws IllegalStateException if the caller has stopped waiting for the operation
     */
    public <T> T away(Supplier<T> work) {
        Operation operation = underWay.get(Thread.currentThread());
        return operation == null ? work.get() : operation.away(work);
    }

    /** Logs which operations are stuck, each once. */
    @Scheduled(fixedRate = 5_000)
    void report() {
        stuck().forEach(Operation::report);
    }

    @Override
    public @Nullable String now() {
        List<Operation> stuck = stuck();
        String first = stuck.stream().limit(SHOWN).map(Operation::toString).collect(Collectors.joining("; "));
        String more = stuck.size() > SHOWN ? "; and %d more".formatted(stuck.size() - SHOWN) : "";
        return stuck.isEmpty() ? null : first + more;
    }

    /** The operations over the time limit, the longest first. */
    private List<Operation> stuck() {
        return underWay.values().stream()
                .filter(Operation::isStuck)
                .sorted(Comparator.comparing(Operation::took).reversed())
                .toList();
    }

    /** What a thread does with a file. */
    public final class Operation implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final String what;
        private final @Nullable Operation outer;
        private volatile long since = nanoTime.getAsLong();
        private volatile boolean elsewhere;
        private volatile boolean reported;
        private volatile boolean abandoned;

        private Operation(String what, @Nullable Operation outer) {
            this.what = what;
            this.outer = outer;
        }

        /** The time since its last progress. */
        public Duration took() {
            return elsewhere ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since);
        }

        boolean isStuck() {
            return took().compareTo(limit) > 0;
        }

        /** Marks that the caller has stopped waiting. */
        void abandon() {
            abandoned = true;
        }

        private void report() {
            if (!reported) {
                reported = true;
                LOG.warn("{}: does the disk or the network mount still answer?", this);
            }
        }

        private void moved() {
            since = nanoTime.getAsLong();
            if (reported) {
                reported = false;
                LOG.info("{} continues", what);
            }
        }

        private <T> T away(Supplier<T> work) {
            if (abandoned) {
                throw new IllegalStateException(what + " ended after its caller had stopped waiting");
            }
            elsewhere = true;
            try {
                return work.get();
            } finally {
                moved();
                elsewhere = false;
            }
        }

        @Override
        public void close() {
            moved();
            if (outer == null) {
                underWay.remove(thread);
            } else {
                outer.moved();
                underWay.put(thread, outer);
            }
        }

        @Override
        public String toString() {
            return "%s has not answered for %d s".formatted(what, took().toSeconds());
        }
    }
}
