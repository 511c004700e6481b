package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.testbench.postgres.PostgresServer;
import dev.bes.testbench.postgres.PostgresServer.Stop;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.FaultProxy;
import dev.bes.testbench.proxy.InjectedFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away, falls silent, cuts sessions or loses replies while two nodes are at work. */
@Tag("slow")
class DatabaseFaultTests {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);
    private static final int RUNS = 5;
    private static final int TIMES = 3;

    @TempDir
    static Path folder;

    private static PostgresServer postgres;
    private static FaultProxy proxy;
    private static Installation installation;
    private static List<Long> pids;

    @BeforeAll
    static void settle() throws SQLException {
        postgres = PostgresServer.start(folder.resolve("data"), folder.resolve("postgres.log"), Map.of());
        postgres.createDatabase("faults");
        proxy = FaultProxy.open(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.port()));
        String direct = postgres.jdbcUrl("faults") + "?user=" + postgres.user();
        installation = new Installation(NodeProgram.shared(), folder.resolve("site"), "database-faults", direct)
                .usual()
                .with("spring.datasource.url", direct.replace(":" + postgres.port() + "/", ":" + proxy.port() + "/"))
                .with("spring.datasource.hikari.connection-timeout", 2000)
                .with("spring.datasource.hikari.maximum-pool-size", 4)
                .with("spring.datasource.hikari.data-source-properties.socketTimeout", SOCKET_TIMEOUT.toSeconds());
        installation.keepUp(2);
        pids = installation.ready().stream().map(NodeProcess::pid).toList();
    }

    @AfterAll
    static void leave() {
        installation.close();
        proxy.close();
        postgres.close();
    }

    @BeforeEach
    void isWell() {
        awaitReadiness(200);
        assertThat(installation.ready())
                .as("the nodes are those of the beginning")
                .extracting(NodeProcess::pid)
                .containsExactlyElementsOf(pids);
    }

    @Test
    void goesOnWhenTheServerHasStoppedInTheMiddleAndIsBack() {
        workThrough(() -> again(() -> {
            postgres.stop(Stop.IMMEDIATE);
            postgres.start();
        }));
    }

    @Test
    void losesNothingAcknowledgedWhenTheServerIsKilled() {
        workThrough(() -> again(() -> {
            postgres.kill();
            postgres.start();
        }));
    }

    @Test
    void staysUpAndSaysSoWhileTheServerIsAway() {
        workThrough(() -> {
            postgres.stop(Stop.FAST);
            awaitReadiness(503);
            postgres.start();
            awaitReadiness(200);
        });
        isWell();
    }

    @Test
    void repeatsWorkWhoseSessionsAreCut() {
        workThrough(() -> again(() -> installation
                .jdbc
                .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'orchestrator'")
                .query(Boolean.class)
                .list()));
    }

    @Test
    void losesNothingWithTheReplyToACommit() {
        InjectedFault lost = proxy.inject(
                new CallFault.ResetAfterForwarding(), CallMatcher.commit().next(TIMES * RUNS));
        workThrough(() -> await().atMost(PATIENCE).until(() -> lost.applied() >= RUNS));
        lost.clear();
    }

    @Test
    void recoversFromASilentServerWithinTwiceTheSocketTimeout() {
        workThrough(() -> {
            InjectedFault silence = proxy.inject(new CallFault.BlackHole());
            await().atMost(PATIENCE).until(() -> silence.applied() > 2);
            silence.clear();
            Duration afterSilence = timeOfARun();
            // how fast this machine is at the moment
            Duration usual = timeOfARun();
            System.out.printf(
                    "A new run after silence, socket time-out 5 s: %d ms; the next one: %d ms%n",
                    afterSilence.toMillis(), usual.toMillis());
            assertThat(afterSilence.minus(usual)).isLessThan(SOCKET_TIMEOUT.multipliedBy(2));
        });
    }

    private static Duration timeOfARun() {
        long begin = System.nanoTime();
        installation.awaitEnd(WorkKind.REQUEST.begin(installation));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void keepsItsLeasesAndTellsCallersToComeBackWhenThePoolIsExhausted() throws SQLException {
        try (Connection connection = postgres.connect("faults");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
            List<CompletableFuture<String>> answers = IntStream.range(0, 4 * RUNS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(DatabaseFaultTests::list, WorkKind.BESIDE))
                    .toList();
            await().atMost(PATIENCE)
                    .until(() -> answers.stream()
                            .filter(CompletableFuture::isDone)
                            .map(CompletableFuture::join)
                            .anyMatch("503 5"::equals));
            String beat = "SELECT min(last_heartbeat_at)::text FROM node";
            String before = installation.jdbc.sql(beat).query(String.class).single();
            await().atMost(PATIENCE)
                    .until(() -> installation
                                    .jdbc
                                    .sql(beat)
                                    .query(String.class)
                                    .single()
                                    .compareTo(before)
                            > 0);
            connection.rollback();
        }
        workThrough(() -> {});
    }

    /** The status of an answer and when to come back. */
    private static String list() {
        HttpRequest request = HttpRequest.newBuilder(
                        installation.ready().getFirst().url().resolve("/api/v1/runs"))
                .build();
        return new RetryingCallers(installation)
                .send(request)
                .map(answer -> answer.statusCode() + " "
                        + answer.headers().firstValue("Retry-After").orElse(""))
                .orElse("");
    }

    /** Several times, each after the work has gone on a little. */
    private static void again(Runnable fault) {
        for (int i = 0; i < TIMES; i++) {
            long before = moves();
            await().atMost(PATIENCE).until(() -> moves() > before);
            fault.run();
        }
    }

    private static long moves() {
        return installation
                .jdbc
                .sql("SELECT count(*) FROM history")
                .query(Long.class)
                .single();
    }

    /** Runs of each kind go through it, each once. */
    private static void workThrough(Runnable fault) {
        List<CompletableFuture<Long>> requests = new ArrayList<>();
        CompletableFuture<Void> trouble = CompletableFuture.runAsync(fault, WorkKind.BESIDE);
        for (int i = 0; i < RUNS || !trouble.isDone(); i++) {
            CompletableFuture<Long> request = WorkKind.REQUEST.beginBeside(installation);
            requests.add(request);
            await().atMost(PATIENCE).until(() -> request.isDone());
        }
        trouble.join();
        for (CompletableFuture<Long> request : requests) {
            installation.awaitEnd(request.join());
            new RunVerification(installation, request.join()).isScoredOnce();
        }
    }

    private static void awaitReadiness(int status) {
        for (NodeProcess node : installation.ready()) {
            HttpRequest request = HttpRequest.newBuilder(node.url().resolve("/actuator/health/readiness"))
                    .build();
            await().atMost(PATIENCE)
                    .until(() -> new RetryingCallers(installation)
                            .send(request)
                            .filter(answer -> answer.statusCode() == status)
                            .isPresent());
        }
    }
}
