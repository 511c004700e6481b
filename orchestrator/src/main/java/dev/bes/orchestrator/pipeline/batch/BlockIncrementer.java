package dev.bes.orchestrator.pipeline.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.incrementer.DataFieldMaxValueIncrementer;

/**
 * Takes the values of a sequence in blocks, so that few ids cost a statement. Each value is a {@code nextval} of the sequence,
 * so it is unique among all nodes and all other users of the sequence.
 */
final class BlockIncrementer implements DataFieldMaxValueIncrementer {
    private static final int BLOCK = 500;
    // the purge assumes that low ids are old
    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final String select;
    private final InstantSource clock;
    private final Deque<Long> block = new ArrayDeque<>();
    private Instant taken = Instant.MIN;

    BlockIncrementer(JdbcClient jdbc, String sequence, InstantSource clock) {
        this.jdbc = jdbc;
        this.select = "SELECT nextval('" + sequence + "') FROM generate_series(1, " + BLOCK + ")";
        this.clock = clock;
    }

    @Override
    public synchronized long nextLongValue() {
        Instant now = clock.instant();
        if (block.isEmpty() || taken.plus(MAX_AGE).isBefore(now)) {
            block.clear();
            block.addAll(jdbc.sql(select).query(Long.class).list());
            taken = now;
        }
        return block.removeFirst();
    }

    @Override
    public int nextIntValue() {
        return Math.toIntExact(nextLongValue());
    }

    @Override
    public String nextStringValue() {
        return Long.toString(nextLongValue());
    }
}
