package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.ApiException;
import dev.bes.orchestrator.SmallDisk;
import dev.bes.testbench.postgres.PostgresServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of PostgreSQL lie on a small disk, which fills up while requests come in and runs are under way. */
@Tag("slow")
class DatabaseDiskTests {
    private static final int DISK = 192 * 1024 * 1024;
    private static final int PIECE = 4096;
    private static final int BEFORE = 5;
    private static final int MOST_REQUESTS = 2_000;
    private static final int REFUSALS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, String> LITTLE_LOG = Map.of("min_wal_size", "32MB", "max_wal_size", "64MB");

    private final Map<String, Long> accepted = new LinkedHashMap<>();
    private final Set<String> refused = new LinkedHashSet<>();

    @TempDir
    Path folder;

    @Test
    void losesNothingThatWasAcceptedWhenTheDiskIsFull() throws IOException, SQLException {
        Path log = folder.resolve("postgres.log");
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), DISK);
                PostgresServer server = PostgresServer.start(disk.place().resolve("data"), log, LITTLE_LOG)) {
            server.createDatabase("small");
            String database = server.jdbcUrl("small") + "?user=" + server.user();
            try (Installation installation = new Installation(
                            NodeProgram.shared(), folder.resolve("site"), "database-disk", database)
                    .usual()
                    .with("spring.datasource.hikari.connection-timeout", 1000)) {
                NodeProcess node = installation.start().awaitReady();
                for (int i = 0; i < BEFORE; i++) {
                    assertThat(ask(installation, node, "before-" + i)).isEqualTo(201);
                }
                Path ballast = disk.place().resolve("ballast");
                askUntilRefused(installation, node, ballast);
                assertThat(log).content().contains("No space left on device");

                Files.delete(ballast);
                awaitAnswer(server);
                askAgain(installation, node);

                for (long run : accepted.values()) {
                    installation.awaitEnd(run);
                    new RunVerification(installation, run).isScoredOnce();
                }
                assertThat(node.isAlive()).isTrue();
            }
        }
    }

    /** Whatever room the server finds meanwhile is taken, too. */
    private void askUntilRefused(Installation installation, NodeProcess node, Path ballast) {
        for (int i = 0; refused.size() < REFUSALS; i++) {
            assertThat(i).as("requests, and the disk is full").isLessThan(MOST_REQUESTS);
            fill(ballast);
            ask(installation, node, "during-" + i);
        }
    }

    private static void fill(Path ballast) {
        byte[] piece = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (ballast.toFile().getUsableSpace() > 0) {
                out.write(piece);
            }
        } catch (IOException e) {
            // the server was quicker to take the last of it
        }
    }

    /** A server that could not write its log has ended, or is about to. */
    private static void awaitAnswer(PostgresServer server) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            server.start();
            try (Connection connection = server.connect("small")) {
                return connection.isValid(1);
            }
        });
    }

    /** Repeats every request: those that were accepted are the same runs still, the others are accepted now. */
    private void askAgain(Installation installation, NodeProcess node) {
        Map<String, Long> before = Map.copyOf(accepted);
        Set<String> all = new LinkedHashSet<>(refused);
        all.addAll(before.keySet());
        for (String key : all) {
            await().atMost(PATIENCE)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .until(() -> ask(installation, node, key) == 201);
        }
        assertThat(accepted).containsAllEntriesOf(before).containsOnlyKeys(all);
        assertThat(accepted.values()).doesNotHaveDuplicates();
    }

    private int ask(Installation installation, NodeProcess node, String key) {
        try {
            accepted.put(
                    key,
                    new RetryingCallers(installation)
                            .request(node.url(), "hash", key, WorkKind.DAY)
                            .id());
            return 201;
        } catch (ApiException refusal) {
            assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isNotNull();
            refused.add(key);
            return refusal.status();
        }
    }
}
