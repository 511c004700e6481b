package dev.bes.testbench.chaos;

import dev.bes.testbench.checker.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A table is locked while a crowd asks a node for things, so that every connection of its pool waits.
 *
 * @param table the table that is locked
 */
record PoolExhausted(int node, String table) implements Mischief {

    private static final int CROWD = 30;

    @Override
    public String name() {
        return "pool exhausted (" + table + " locked)";
    }

    @Override
    public Fault fault() {
        return Fault.DATABASE_STRAINED;
    }

    @Override
    public String target() {
        return DatabaseGone.TARGET;
    }

    @Override
    public Undo begin(Stage stage) throws SQLException {
        Connection lock = stage.database().lock(table);
        CompletableFuture<?>[] crowd = IntStream.range(0, CROWD)
                .mapToObj(n -> stage.api().lookAt(stage.node(node).url()))
                .toArray(CompletableFuture<?>[]::new);
        return () -> {
            lock.close();
            CompletableFuture.allOf(crowd).join();
        };
    }
}
