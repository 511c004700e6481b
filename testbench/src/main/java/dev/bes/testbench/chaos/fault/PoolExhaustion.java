package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A table is locked while 30 requests reach a node: every connection of its pool waits.
 *
 * @param table the locked table
 */
public record PoolExhaustion(int node, String table) implements ChaosFault {

    private static final int REQUESTS = 30;

    @Override
    public String name() {
        return "connection pool exhausted (" + table + " locked)";
    }

    @Override
    public FaultKind kind() {
        return FaultKind.DATABASE_EXHAUSTED;
    }

    @Override
    public String target() {
        return DatabaseCrash.TARGET;
    }

    @Override
    public Undo begin(TestEnvironment environment) throws SQLException {
        Connection lock = environment.database().lock(table);
        CompletableFuture<?>[] requests = IntStream.range(0, REQUESTS)
                .mapToObj(n ->
                        environment.api().requestRunList(environment.node(node).url()))
                .toArray(CompletableFuture<?>[]::new);
        return () -> {
            lock.close();
            CompletableFuture.allOf(requests).join();
        };
    }
}
