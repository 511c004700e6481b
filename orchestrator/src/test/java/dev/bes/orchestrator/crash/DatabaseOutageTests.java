package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.ApiException;
import dev.bes.testbench.postgres.PostgresServer;
import dev.bes.testbench.postgres.PostgresServer.Stop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node says while the database is away or takes no changes, to its log, to callers and to whoever asks for its health. */
@Tag("slow")
class DatabaseOutageTests {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final int A_HANDFUL = 4;
    /** More than there are connections for. */
    private static final int CALLERS = 8;

    @TempDir
    static Path folder;

    private static PostgresServer postgres;
    private static Installation installation;
    private static NodeProcess node;

    @BeforeAll
    static void settle() throws SQLException {
        postgres = PostgresServer.start(folder.resolve("data"), folder.resolve("postgres.log"), Map.of());
        postgres.createDatabase("outage");
        installation = new Installation(
                        NodeProgram.shared(),
                        folder.resolve("site"),
                        "database-outage",
                        postgres.jdbcUrl("outage") + "?user=" + postgres.user())
                .usual()
                .definition(
                        "often",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: tick\n      cron: \"0/2 * * * * ?\"\n      zone: UTC\n")
                .file("definitions/data/often/day.csv", WorkKind.DAY)
                .with("management.endpoint.health.show-details", "always")
                .with("spring.datasource.hikari.connection-timeout", 2000);
        node = installation.start().awaitReady();
    }

    @AfterAll
    static void leave() {
        installation.close();
        postgres.close();
    }

    /** How the database goes, and comes back. */
    enum Outage {
        STOPPED("does not answer") {
            @Override
            void begin() {
                postgres.stop(Stop.FAST);
            }

            @Override
            void end() {
                postgres.start();
            }
        },
        READ_ONLY("takes no changes (read-only)") {
            @Override
            void begin() throws SQLException {
                sql("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
            }

            @Override
            void end() throws SQLException {
                sql("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()");
            }
        },
        /** As after a fail-over behind one address: the sessions that there are lead to the old server for ever. */
        SESSIONS_READ_ONLY("takes no changes (read-only)") {
            @Override
            void begin() throws SQLException {
                sql("ALTER DATABASE outage SET default_transaction_read_only = on", CUT);
            }

            @Override
            void end() throws SQLException {
                sql("ALTER DATABASE outage RESET default_transaction_read_only");
            }
        },
        CLOSED("does not answer") {
            @Override
            void begin() throws SQLException {
                sql("ALTER DATABASE outage ALLOW_CONNECTIONS false", CUT);
            }

            @Override
            void end() throws SQLException {
                sql("ALTER DATABASE outage ALLOW_CONNECTIONS true");
            }
        };

        private static final String CUT =
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'outage'";

        final String words;

        Outage(String words) {
            this.words = words;
        }

        abstract void begin() throws SQLException;

        abstract void end() throws SQLException;

        static void sql(String... statements) throws SQLException {
            try (Connection connection = postgres.connect(postgres.user());
                    Statement statement = connection.createStatement()) {
                for (String each : statements) {
                    statement.execute(each);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isLoggedOnceWhenItBeginsAndOnceWhenItEnds(Outage outage) throws SQLException {
        await().atMost(PATIENCE).until(() -> get("/actuator/health/readiness").statusCode() == 200);
        installation.awaitEnd(WorkKind.REQUEST.begin(installation));
        int before = node.said().length();
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<ApiException> refusals = new ConcurrentLinkedQueue<>();
        CompletableFuture<?>[] callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> call(i, over, refusals), WorkKind.BESIDE))
                .toArray(CompletableFuture<?>[]::new);

        outage.begin();
        try {
            await().atMost(PATIENCE)
                    .until(() -> get("/actuator/health/readiness").body().contains("the database " + outage.words));
            await().pollDelay(OUTAGE).atMost(PATIENCE).until(() -> true);
            for (String health : List.of("", "/readiness", "/liveness", "/backlog", "/schedules", "/db")) {
                assertThat(get("/actuator/health" + health).body())
                        .as(health)
                        .doesNotContainPattern("Exception|java\\.|org\\.");
            }
        } finally {
            outage.end();
            over.set(true);
        }
        CompletableFuture.allOf(callers).join();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> node.said().substring(before).contains("The database is back after"));
        installation.awaitEnd(WorkKind.REQUEST.begin(installation));

        String said = node.said().substring(before);
        System.out.printf("%s, %d refusals:%n%s%n", outage, refusals.size(), said);
        // a trigger whose transaction was cut is repaired, which has lines of its own
        assertThat(said.lines().filter(line -> !line.contains(".ScheduleRepair ")))
                .hasSizeLessThanOrEqualTo(A_HANDFUL);
        assertThat(said).contains("The database " + outage.words).doesNotContainPattern("(?m)^\\s+at |Exception");
        assertThat(refusals).isNotEmpty().allSatisfy(refusal -> {
            assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isNotNull();
        });
        assertThat(refusals)
                .anySatisfy(refusal -> assertThat(
                                Objects.requireNonNull(refusal.problem()).getDetail())
                        .contains(outage.words));
    }

    /** Asks for runs and lists, and keeps what was refused. */
    private static void call(int caller, AtomicBoolean over, ConcurrentLinkedQueue<ApiException> refusals) {
        RetryingCallers retryingCallers = new RetryingCallers(installation);
        for (int i = 0; !over.get(); i++) {
            String key = "outage-" + caller + "-" + System.nanoTime();
            try {
                if (i % 2 == 0) {
                    retryingCallers.request(node.url(), "hash", key, WorkKind.DAY);
                } else {
                    retryingCallers.client(node.url()).api().runs(null, null, null, null);
                }
            } catch (ApiException e) {
                if (e.isAnswered()) {
                    refusals.add(e);
                }
            }
        }
    }

    private static HttpResponse<String> get(String path) {
        return new RetryingCallers(installation)
                .send(HttpRequest.newBuilder(node.url().resolve(path)).build())
                .orElseThrow();
    }
}
